//! `linkcheck [--json] [--external] [--grace SECONDS] FOLDER|URL`

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::exit;
use std::time::Duration;

use linkcheck::{
    Control, Counts, Folder, Limits, Options, Report, Signals, Url, Web, crawl,
};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

const USAGE: &str =
    "usage: linkcheck [--json] [--external] [--grace SECONDS] FOLDER|URL";

/// What the command line says.
#[derive(Default)]
struct Asked {
    json: bool,
    external: bool,
    grace: Option<u64>,
    what: OsString,
}

fn asked() -> Option<Asked> {
    let mut asked = Asked::default();
    let mut args = std::env::args_os().skip(1);
    while let Some(arg) = args.next() {
        match arg.to_str() {
            Some("--json") => asked.json = true,
            Some("--external") => asked.external = true,
            Some("--grace") => {
                asked.grace = Some(args.next()?.to_str()?.parse().ok()?);
            }
            Some(option) if option.starts_with('-') => return None,
            _ if asked.what.is_empty() => asked.what = arg,
            _ => return None,
        }
    }
    (!asked.what.is_empty()).then_some(asked)
}

/// One thread waits, for whatever comes; Rayon's compute.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let status = checked().await;
    // A return would wait for a file or a name that somebody still looks up, and
    // no signal could end that.
    exit(status.into());
}

/// Returns the exit status.
async fn checked() -> u8 {
    let Some(asked) = asked() else {
        eprintln!("{USAGE}");
        return 2;
    };
    if let Err(error) = log() {
        eprintln!("error: RUST_LOG: {error}");
        return 2;
    }
    match run(&asked).await {
        Ok(report) => report.status(),
        Err(error) => {
            eprintln!("error: {error}");
            2
        }
    }
}

// ANCHOR: log
/// Events go to standard error; `RUST_LOG=linkcheck=debug` shows each link.
fn log() -> Result<(), Box<dyn std::error::Error>> {
    let filter = match std::env::var("RUST_LOG") {
        Ok(filter) => filter.parse()?,
        Err(_) => Targets::new().with_default(LevelFilter::ERROR),
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .init();
    Ok(())
}
// ANCHOR_END: log

async fn run(asked: &Asked) -> Result<Report, Box<dyn std::error::Error>> {
    let limits = Limits::default();
    let web = Web::new(limits)?;
    let options = Options {
        external: asked.external,
        ..Options::default()
    };
    let mut control = Control::default();
    if let Some(seconds) = asked.grace {
        control.grace = Duration::from_secs(seconds);
    }
    tokio::spawn(stop(Signals::new()?, control.stop.clone()));
    let progress = tokio::spawn(progress(control.counts.subscribe()));
    let text = asked.what.to_str();
    let url = text.filter(|text| text.contains("://"));
    let (site, report) = match url {
        Some(url) => {
            let url = Url::parse(url)?;
            let site = url.join("/")?.to_string();
            (site, crawl(url, web, options, &control).await)
        }
        None => {
            let root = PathBuf::from(&asked.what);
            let folder = Folder::new(root, limits, web);
            let url = Url::parse("file:///")?;
            (url.to_string(), crawl(url, folder, options, &control).await)
        }
    };
    progress.abort();
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
    let text = match asked.json {
        true => report.json()?,
        false => report.human(&site),
    };
    // `println!` would panic when the reader has left.
    writeln!(io::stdout(), "{text}")?;
    Ok(report)
}

// ANCHOR: stop
/// The first signal asks for a report, the second for an end.
async fn stop(mut signals: Signals, stop: CancellationToken) {
    signals.next().await;
    // First: the line may have to wait for its reader.
    stop.cancel();
    eprintln!("stopping; a second signal ends this at once");
    exit(signals.next().await);
}
// ANCHOR_END: stop

// ANCHOR: progress
/// One line that is written over, where somebody looks.
async fn progress(counts: watch::Receiver<Counts>) {
    if !io::stderr().is_terminal() {
        return;
    }
    let mut ticks = interval(Duration::from_millis(200));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        eprint!("\r{}\x1b[K", *counts.borrow());
    }
}
// ANCHOR_END: progress
