//! The frame of a page: all it needs is inside, and a browser is told to let nothing else in.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::export::visible::on_one_line;

/// Puts a page together; style and script are ours, and allowed by their digest alone.
pub(super) fn page(title: &str, style: &str, script: Option<&str>, body: &Markup) -> String {
    // A checkout may have brought CR LF, which a browser does not count into the digest.
    let style = style.replace("\r\n", "\n");
    let script = script.map(|script| script.replace("\r\n", "\n"));
    let page = html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style, script.as_deref()));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="format-detection" content="telephone=no, address=no, email=no";
                title { (on_one_line(title)) }
                style { (PreEscaped(&style)) }
            }
            body {
                (body)
                @if let Some(script) = &script { script { (PreEscaped(script)) } }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

/// Nothing may be loaded, sent or run but this style and this script.
fn policy(style: &str, script: Option<&str>) -> String {
    let script = script.map_or_else(|| "'none'".to_owned(), source);
    format!(
        "default-src 'none'; style-src {}; script-src {script}; base-uri 'none'; form-action 'none'",
        source(style)
    )
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let number = (0..3).fold(0, |number, at| {
            number << 8 | u32::from(group.get(at).copied().unwrap_or(0))
        });
        for at in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= group.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_as_a_browser_expects_them() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
        // NIST: SHA-256 of "abc" is ba7816bf…f20015ad.
        let abc = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        assert_eq!(source("abc"), abc);
    }

    #[test]
    fn a_page_allows_its_own_style_and_script_alone() {
        let body = html! { p { "本文" } };
        let lf = page("題", "p{}\n", Some("f()\n"), &body);
        assert_eq!(page("題", "p{}\r\n", Some("f()\r\n"), &body), lf);
        assert!(lf.contains(&format!("script-src {}", source("f()\n"))));
        assert!(page("題", "", None, &body).contains("script-src 'none'"));
        assert!(lf.contains("<p>本文</p>") && lf.find("charset").unwrap() < 200);
    }
}
