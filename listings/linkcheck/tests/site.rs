//! The link checker against real sockets: a site of each size, and a server
//! full of faults.

use std::time::Duration;

use linkcheck::demo::Demo;
use linkcheck::{Control, Limits, Options, Report, Retry, Url, Web, crawl};

fn limits() -> Limits {
    Limits {
        whole: Duration::from_secs(50),
        body: 64 << 10,
        ..Limits::default()
    }
}

fn options() -> Options {
    Options {
        external: true,
        retry: Retry {
            tries: 2,
            first: Duration::from_millis(1),
            ..Retry::default()
        },
        ..Options::default()
    }
}

async fn check(url: &str, limits: Limits, options: Options) -> Report {
    let web = Web::new(limits).expect("a client");
    let url = Url::parse(url).expect("a URL");
    crawl(url, web, options, &Control::default()).await
}

fn said(report: &Report, site: &str) -> Vec<String> {
    let short = |url: &str| url.replace(site, "/");
    let problems = report.broken.iter().chain(&report.not_checked);
    let said =
        problems.map(|p| format!("{} {} {}", short(&p.url), p.tried, p.fault));
    said.collect()
}

// ANCHOR: faults
#[tokio::test]
async fn each_fault_is_reported_and_none_stops_the_run() {
    let demo = Demo::start().await.expect("a port");
    let start = format!("{}faults", demo.url);
    let report = check(&start, limits(), options()).await;
    assert_eq!(
        said(&report, &demo.url),
        [
            "http://127.0.0.1:1/ 2 no connection: connection refused",
            "/burnt 2 status 500",
            "/endless 1 more than 65536 bytes",
            "/gone 1 status 404",
            "/half 2 bad answer: connection closed before message completed",
            "/latin 1 is not UTF-8",
            "/round 1 redirect: more than 5",
            "/rubbish 2 bad answer: invalid HTTP version parsed",
            "/safe 1 redirect: https: is not supported by this build",
            "/short 2 bad answer: end of file before message length reached",
            "https://127.0.0.1:1/ 1 https: is not supported by this build",
        ]
    );
    assert_eq!((report.left, report.status()), (0, 1));
    // A 429 is no fault when the next try is good, and a page that is not
    // UTF-8 is read all the same.
    let asked = demo.asked();
    assert_eq!((asked["/busy"], asked["/bread"]), (2, 1));
}
// ANCHOR_END: faults

/// There is nothing but silence on this site, so that a machine that is slower
/// than the limit sees the same.
#[tokio::test]
async fn silence_has_a_limit() {
    let demo = Demo::start().await.expect("a port");
    let whole = Duration::from_millis(100);
    let limits = Limits { whole, ..limits() };
    let start = format!("{}silent", demo.url);
    let report = check(&start, limits, options()).await;
    assert_eq!(said(&report, &demo.url), ["/silent 2 no answer in time"]);
}

#[tokio::test]
async fn no_page_is_lost_or_checked_twice() {
    for count in [1, 2, 3, 10, 500] {
        for (total, per_host) in [(1, 1), (3, 2), (16, 16)] {
            let demo = Demo::start().await.expect("a port");
            let start = format!("{}tree/{count}/0", demo.url);
            let options = Options {
                total,
                per_host,
                ..options()
            };
            let report = check(&start, limits(), options).await;
            assert_eq!(report.broken, []);
            assert_eq!((report.checked, report.pages), (count, count));
            let asked = demo.asked();
            assert_eq!(asked.len(), count);
            assert!(asked.values().all(|times| *times == 1), "{asked:?}");
        }
    }
}

/// `/moved` leads to `/soup`, to which another link leads as well.
#[tokio::test]
async fn a_page_is_read_once_though_two_links_lead_to_it() {
    let demo = Demo::start().await.expect("a port");
    let start = format!("{}moves", demo.url);
    let options = Options {
        total: 1,
        ..options()
    };
    let report = check(&start, limits(), options).await;
    // The moves, the soup, the bread and the menu; the pie is gone.
    assert_eq!((report.checked, report.pages), (6, 4));
    assert_eq!(said(&report, &demo.url), ["/gone 1 status 404"]);
}
