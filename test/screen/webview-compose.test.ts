import { expect, test } from "@jest/globals";
import { elementsFromTree, listing, parseTree } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

const size = { width: 1000, height: 2000 };
const list = (...roots: NodeSpec[]): string[] =>
  listing({ elements: elementsFromTree(parseTree(treeXml(...roots)), size) }).split("\n");
const view = "android.view.View";
const text = "android.widget.TextView";

test("a page in a WebView: links and headings once, wrappers not at all", () => {
  const link = (name: string): NodeSpec => ({
    class: view,
    clickable: true,
    focusable: true,
    text: name,
    children: [{ class: text, text: name }],
  });
  const page: NodeSpec = {
    class: "android.webkit.WebView",
    text: "Sign in",
    focusable: true,
    children: [
      {
        class: view,
        "resource-id": "root",
        children: [
          {
            class: view,
            children: [{ class: view, text: "Welcome", children: [{ class: text, text: "Welcome" }] }],
          },
          { class: text, text: "E-mail" },
          { class: "android.widget.EditText", clickable: true, "resource-id": "email" },
          { class: view, children: [{ class: view, children: [link("Forgot password?")] }] },
          {
            class: view,
            clickable: true,
            children: [{ class: "android.widget.Button", text: "Next", clickable: true }],
          },
          { class: "android.widget.Image", "content-desc": "Logo" },
        ],
      },
    ],
  };
  expect(list(page)).toEqual([
    '[0] WebView "Sign in"',
    '[1] View "Welcome"',
    '[2] TextView "E-mail"',
    '[3] EditText "" label="E-mail" id=email clickable editable',
    '[4] View "Forgot password?" clickable',
    '[5] Button "Next" clickable',
    '[6] Image "Logo"',
  ]);
});

test("a Compose screen: anonymous views carry the texts inside them", () => {
  const screen: NodeSpec = {
    class: "androidx.compose.ui.platform.ComposeView",
    children: [
      {
        class: view,
        children: [
          {
            class: view,
            clickable: true,
            children: [{ class: view, "content-desc": "Back" }, { class: "android.widget.Button" }],
          },
          { class: text, text: "Inbox" },
          {
            class: view,
            scrollable: true,
            children: [
              {
                class: view,
                clickable: true,
                "long-clickable": true,
                children: [
                  { class: "android.widget.ImageView", "content-desc": "Ann" },
                  { class: text, text: "Ann" },
                  { class: text, text: "Lunch?" },
                  { class: view, checkable: true, clickable: true, "content-desc": "Star" },
                ],
              },
              {
                class: view,
                checkable: true,
                checked: true,
                clickable: true,
                children: [{ class: text, text: "Dark theme" }, { class: "android.widget.Switch" }],
              },
            ],
          },
        ],
      },
    ],
  };
  expect(list(screen)).toEqual([
    '[0] View "Back" clickable',
    '[1] TextView "Inbox"',
    "[2] View scrollable",
    '[3] View "Ann\\nLunch?" clickable long-clickable',
    '[4] View "Star" clickable checked=off',
    '[5] View "Dark theme" clickable checked=on',
  ]);
});

test("Compose takes the click from the tab that is open, and leaves it selected", () => {
  const tab = (name: string, flags: NodeSpec): NodeSpec => ({
    class: view,
    ...flags,
    children: [{ class: view }, { class: text, text: name }],
  });
  const bar = {
    class: view,
    children: [tab("Home", { selected: true }), tab("Search", { clickable: true })],
  };
  expect(list(bar)).toEqual(['[0] View "Home" selected', '[1] View "Search" clickable']);
});

test("other toolkits hand the selection on to the text itself", () => {
  const tab = { selected: true, children: [{ class: text, text: "Home", selected: true }] };
  expect(list(tab)).toEqual(['[0] TextView "Home" selected']);
});

test("Compose tells a field's label after the field, and an error after that", () => {
  const field = (label: string, more: NodeSpec[] = []): NodeSpec => ({
    class: "android.widget.EditText",
    clickable: true,
    children: [{ class: view, "content-desc": "Icon" }, { class: text, text: label }, ...more],
  });
  expect(
    list(field("Weight", [{ class: text, text: "Too light" }]), { ...field("Height"), text: "180" }),
  ).toEqual([
    '[0] EditText "" label="Weight" clickable editable',
    '[1] View "Icon"',
    '[2] TextView "Too light"',
    '[3] EditText "180" label="Height" clickable editable',
    '[4] View "Icon"',
  ]);
});

test("Flutter tells in a field how many characters are left, which is not its label", () => {
  const field: NodeSpec = {
    class: "android.widget.EditText",
    text: "1234",
    clickable: true,
    children: [{ class: view, "content-desc": "2 characters left" }],
  };
  expect(list(field)).toEqual(['[0] EditText "1234" clickable editable', '[1] View "2 characters left"']);
});

test("a row of settings names its switch", () => {
  const row: NodeSpec = {
    class: "android.widget.LinearLayout",
    clickable: true,
    children: [
      {
        class: "android.widget.RelativeLayout",
        children: [
          { class: text, text: "Wi-Fi" },
          { class: text, text: "On" },
        ],
      },
      {
        class: "android.widget.Switch",
        checkable: true,
        checked: true,
        "resource-id": "android:id/switch_widget",
      },
    ],
  };
  expect(list(row)).toEqual([
    '[0] LinearLayout "Wi-Fi\\nOn" clickable',
    '[1] Switch label="Wi-Fi" id=switch_widget checked=on',
  ]);
});

test("a description that only says the texts once more is not written twice", () => {
  expect(
    list({ clickable: true, "content-desc": "Wi-Fi, On", children: [{ text: "Wi-Fi" }, { text: "On" }] }),
  ).toEqual(['[0] View "Wi-Fi\\nOn" clickable']);
});
