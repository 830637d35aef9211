// Where a page can be shared: plain links to what each network offers for it, none of which is asked before a click.

const q = encodeURIComponent;

/** The address at which a network shares a page, by the network's name. */
export const NETWORKS = {
  whatsapp: ["WhatsApp", (url, title) => `https://wa.me/?text=${q(`${title} ${url}`)}`],
  facebook: ["Facebook", (url) => `https://www.facebook.com/sharer/sharer.php?u=${q(url)}`],
  x: ["X", (url, title) => `https://x.com/intent/post?url=${q(url)}&text=${q(title)}`],
  bluesky: ["Bluesky", (url, title) => `https://bsky.app/intent/compose?text=${q(`${title} ${url}`)}`],
  linkedin: ["LinkedIn", (url) => `https://www.linkedin.com/sharing/share-offsite/?url=${q(url)}`],
  telegram: ["Telegram", (url, title) => `https://t.me/share/url?url=${q(url)}&text=${q(title)}`],
  email: [null, (url, title) => `mailto:?subject=${q(title)}&body=${q(url)}`],
};
