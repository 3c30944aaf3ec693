/**
 * What people call well-known apps. A device tells its packages but, without a helper app on it, not
 * their labels. The first name is the one that is shown; the others are understood too.
 */
export const knownApps: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "com.android.settings": ["Settings", "system settings", "android settings"],
  "com.google.android.deskclock": ["Clock", "alarm", "timer", "stopwatch"],
  "com.android.deskclock": ["Clock", "alarm", "timer", "stopwatch"],
  "com.google.android.contacts": ["Contacts", "people", "address book"],
  "com.android.contacts": ["Contacts", "people", "address book"],
  "com.google.android.dialer": ["Phone", "dialer", "dialler"],
  "com.android.dialer": ["Phone", "dialer", "dialler"],
  "com.google.android.documentsui": ["Files", "file manager", "documents"],
  "com.android.documentsui": ["Files", "file manager", "documents"],
  "com.google.android.apps.nbu.files": ["Files by Google"],
  "com.android.camera2": ["Camera"],
  "com.google.android.GoogleCamera": ["Camera", "google camera"],
  "com.android.chrome": ["Chrome", "browser", "google chrome"],
  "com.google.android.apps.messaging": ["Messages", "google messages"],
  "com.google.android.gm": ["Gmail"],
  "com.google.android.apps.maps": ["Maps", "google maps"],
  "com.google.android.youtube": ["YouTube"],
  "com.google.android.apps.photos": ["Photos", "google photos"],
  "com.google.android.calendar": ["Calendar", "google calendar"],
  "com.google.android.calculator": ["Calculator"],
  "com.android.calculator2": ["Calculator"],
  "com.google.android.googlequicksearchbox": ["Google"],
  "com.android.vending": ["Play Store", "google play"],
  "com.google.android.keep": ["Keep Notes", "google keep"],
  "com.android.messaging": ["Messaging"],
  "net.gsantner.markor": ["Markor"],
  "com.simplemobiletools.calendar.pro": ["Simple Calendar Pro", "simple calendar", "calendar"],
  "com.simplemobiletools.smsmessenger": ["Simple SMS Messenger", "sms messenger", "simple sms", "messages"],
  "com.simplemobiletools.gallery.pro": ["Simple Gallery Pro", "simple gallery", "gallery"],
  "com.simplemobiletools.draw.pro": ["Simple Draw Pro", "simple draw", "draw"],
  "com.flauschcode.broccoli": ["Broccoli", "broccoli app", "recipe app"],
  "com.arduia.expense": ["Pro Expense", "expense"],
  "de.dennisguse.opentracks": ["OpenTracks", "activity tracker"],
  "org.tasks": ["Tasks", "tasks app"],
  "net.cozic.joplin": ["Joplin"],
  "code.name.monkey.retromusic": ["Retro Music", "retro music player"],
  "net.osmand": ["OsmAnd"],
  "org.videolan.vlc": ["VLC", "vlc media player"],
  "ca.zgrs.clipper": ["Clipper"],
  "com.dimowner.audiorecorder": ["Audio Recorder"],
  "com.whatsapp": ["WhatsApp"],
  "com.spotify.music": ["Spotify"],
  "com.twitter.android": ["X", "twitter"],
  "com.facebook.katana": ["Facebook"],
  "com.instagram.android": ["Instagram"],
  "com.tencent.mm": ["WeChat", "微信"],
  "org.telegram.messenger": ["Telegram"],
};

/** Parts of package names that name a publisher or platform, not the app. */
const commonParts = new Set([
  "com",
  "org",
  "net",
  "io",
  "de",
  "app",
  "apps",
  "android",
  "google",
  "mobile",
  "pro",
  "free",
]);

/** The known name, or one made of the package's last telling part: `net.example.notes` → `Notes`. */
export function nameOf(packageName: string): string {
  const known = knownApps[packageName]?.[0];
  if (known !== undefined) return known;
  const parts = packageName.split(".");
  const telling = parts.findLast((part) => !commonParts.has(part.toLowerCase())) ?? packageName;
  return telling.charAt(0).toUpperCase() + telling.slice(1);
}
