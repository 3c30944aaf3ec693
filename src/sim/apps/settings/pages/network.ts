import {
  airplaneModeOn,
  bluetoothOn,
  ownNetwork,
  setAirplaneMode,
  setBluetooth,
  setWifi,
  wifiOn,
} from "../../../system/radios.ts";
import type { SettingsPage } from "../preference.ts";
import { storedSwitch } from "../stored.ts";

/** What else is in reach. */
const neighbours = ["Blue Door Guest", "Lakeview 5G", "Printer-4F"];

export const networkPages: Record<string, SettingsPage> = {
  "com.android.settings.network.NetworkDashboardFragment": {
    title: "Network & internet",
    preferences(context) {
      const { settings } = context;
      return [
        {
          kind: "link",
          title: "Internet",
          summary: wifiOn(settings) ? ownNetwork : "Networks available",
          icon: "wifi",
          page: "com.android.settings.network.NetworkProviderSettings",
        },
        { kind: "info", title: "Calls & SMS", summary: "T-Mobile", icon: "phone" },
        { kind: "info", title: "SIMs", summary: "T-Mobile", icon: "storage" },
        {
          kind: "switch",
          title: "Airplane mode",
          icon: "airplane",
          checked: airplaneModeOn(settings),
          onChange: (on) => setAirplaneMode(settings, on),
        },
        { kind: "info", title: "Hotspot & tethering", summary: "Off", icon: "share" },
        { kind: "info", title: "Data Saver", summary: "Off", icon: "reset" },
        { kind: "info", title: "VPN", summary: "None", icon: "lock" },
        { kind: "info", title: "Private DNS", summary: "Automatic" },
      ];
    },
  },
  "com.android.settings.network.NetworkProviderSettings": {
    title: "Internet",
    preferences(context) {
      const on = wifiOn(context.settings);
      return [
        storedSwitch(context, {
          title: "Mobile data",
          summary: "T-Mobile",
          namespace: "global",
          key: "mobile_data",
          otherwise: true,
        }),
        {
          kind: "switch",
          title: "Wi-Fi",
          checked: on,
          onChange: (wanted) => setWifi(context.settings, wanted),
        },
        ...(on
          ? [
              { kind: "info", title: ownNetwork, summary: "Connected", icon: "wifi" } as const,
              ...neighbours.map(
                (title) => ({ kind: "info", title, summary: "Secured", icon: "lock" }) as const,
              ),
            ]
          : []),
        {
          kind: "link",
          title: "Network preferences",
          summary: "Wi-Fi turns back on automatically",
          page: "com.android.settings.wifi.ConfigureWifiSettings",
        },
      ];
    },
  },
  "com.android.settings.wifi.ConfigureWifiSettings": {
    title: "Network preferences",
    preferences: (context) => [
      storedSwitch(context, {
        title: "Turn on Wi-Fi automatically",
        summary: "Wi-Fi will turn back on near high-quality saved networks, like your home network",
        namespace: "global",
        key: "wifi_wakeup_enabled",
        otherwise: true,
      }),
      storedSwitch(context, {
        title: "Notify for public networks",
        summary: "Notify when a high-quality public network is available",
        namespace: "global",
        key: "wifi_networks_available_notification_on",
        otherwise: true,
      }),
    ],
  },
  "com.android.settings.connecteddevice.ConnectedDeviceDashboardFragment": {
    title: "Connected devices",
    preferences: () => [
      { kind: "info", title: "Pair new device", summary: "Bluetooth will turn on to pair", icon: "add" },
      { kind: "info", title: "Saved devices", summary: "None" },
      {
        kind: "link",
        title: "Connection preferences",
        summary: "Bluetooth, Android Auto, NFC",
        page: "com.android.settings.connecteddevice.AdvancedConnectedDeviceDashboardFragment",
      },
    ],
  },
  "com.android.settings.connecteddevice.AdvancedConnectedDeviceDashboardFragment": {
    title: "Connection preferences",
    preferences: (context) => [
      {
        kind: "link",
        title: "Bluetooth",
        summary: bluetoothOn(context.settings) ? "On" : "Off",
        icon: "bluetooth",
        page: "com.android.settings.connecteddevice.BluetoothDashboardFragment",
      },
      storedSwitch(context, {
        title: "NFC",
        namespace: "global",
        key: "nfc_on",
        summary: "Allow data exchange when the phone touches another device",
      }),
      { kind: "info", title: "Cast", summary: "Not connected", icon: "display" },
      { kind: "info", title: "Printing", summary: "0 print services on", icon: "file" },
    ],
  },
  "com.android.settings.connecteddevice.BluetoothDashboardFragment": {
    title: "Bluetooth",
    preferences(context) {
      const on = bluetoothOn(context.settings);
      return [
        {
          kind: "switch",
          main: true,
          title: "Use Bluetooth",
          checked: on,
          onChange: (wanted) => setBluetooth(context.settings, wanted),
        },
        {
          kind: "text",
          title: "Device name",
          summary: context.settings.get("secure", "bluetooth_name") ?? "",
          value: context.settings.get("secure", "bluetooth_name") ?? "",
          enabled: on,
          onChange: (name) => context.settings.put("secure", "bluetooth_name", name),
        },
        {
          kind: "info",
          title: on
            ? "This phone is visible to nearby devices while Bluetooth settings are open"
            : "When Bluetooth is turned on, your device can communicate with other nearby devices",
        },
      ];
    },
  },
};
