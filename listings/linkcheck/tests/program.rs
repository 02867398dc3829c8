//! The program as a shell meets it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use linkcheck::demo::Demo;

fn linkcheck(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linkcheck"))
        .args(args)
        .env_remove("RUST_LOG")
        .output()
        .expect("it starts")
}

/// A folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (path, text) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, text).expect("written");
    }
    root
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&output.stdout);
    (output.status.code(), text.trim_end().to_owned())
}

#[test]
fn a_folder() {
    let root = folder(
        "menu",
        &[
            (
                "index.html",
                "<a href=soup/>a</a><a href=/tea.html#hot>b</a>",
            ),
            (
                "soup/index.html",
                "<a href=../pan.png><a href='a%20b.html'>",
            ),
            ("tea.html", "<a href=soup><a href=mailto:cook@kitchen>"),
            ("pan.png", "<a href=no-page>"),
        ],
    );
    let root = root.to_str().expect("UTF-8");
    let broken = "/soup/a%20b.html: no such file; on /soup/\n";
    let (status, text) = said(&linkcheck(&[root]));
    assert_eq!(status, Some(1));
    assert!(text.starts_with(broken), "{text}");

    let (status, text) = said(&linkcheck(&["--json", root]));
    assert_eq!(status, Some(1));
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["broken"][0]["fault"], "no such file");
    assert_eq!(report["left"], 0);
}

#[test]
fn statuses() {
    let good = folder("good", &[("index.html", "<a href=index.html>")]);
    let good = good.to_str().expect("UTF-8");
    assert_eq!(linkcheck(&[good]).status.code(), Some(0));
    let https = linkcheck(&["https://127.0.0.1:1/"]);
    assert_eq!(https.status.code(), Some(3));
    for args in [&[][..], &["a", "b"], &["--no-such-option"], &["http://["]] {
        assert_eq!(linkcheck(args).status.code(), Some(2), "{args:?}");
    }
    let usage = linkcheck(&[]);
    assert!(String::from_utf8_lossy(&usage.stderr).starts_with("usage: "));
    assert_eq!(linkcheck(&["/no/such/folder"]).status.code(), Some(1));
}

/// The program on a site that falls silent, when it has asked for the last page.
#[cfg(unix)]
async fn started(grace: &str) -> (Child, Demo) {
    let demo = Demo::start().await.expect("a port");
    let child = Command::new(env!("CARGO_BIN_EXE_linkcheck"))
        .args(["--json", "--grace", grace, &format!("{}evening", demo.url)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    while !demo.asked().contains_key("/silent") {
        tokio::task::yield_now().await;
    }
    (child, demo)
}

#[cfg(unix)]
fn send(signal: &str, child: &Child) {
    let command = format!("kill -{signal} {}", child.id());
    let sent = Command::new("sh").args(["-c", &command]).status();
    assert!(sent.expect("a shell").success());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_gives_a_report_of_what_was_done() {
    for signal in ["TERM", "INT"] {
        let (child, _demo) = started("1").await;
        send(signal, &child);
        let output = child.wait_with_output().expect("it ends");
        let (status, text) = said(&output);
        let report: serde_json::Value =
            serde_json::from_str(&text).expect("JSON");
        let [checked, left] = ["checked", "left"].map(|n| report[n].as_u64());
        // Three links were found, and the silent one cannot be finished.
        assert_eq!(checked.zip(left).map(|(c, l)| c + l), Some(3), "{text}");
        assert!(left >= Some(1));
        assert_eq!(status, Some(3));
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once() {
    let (mut child, _demo) = started("3600").await;
    send("TERM", &child);
    let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    errors.read_line(&mut line).expect("a line");
    assert!(line.starts_with("stopping"), "{line}");
    send("TERM", &child);
    let status: ExitStatus = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(143));
}
