//! The run: one task decides, others fetch and read.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, debug, info_span};

use crate::plan::Plan;
use crate::{Fault, Fetch, Found, Report, Retry, links, on_rayon};

/// How much at a time.
#[derive(Clone, Debug)]
pub struct Options {
    /// Links in flight.
    pub total: usize,
    /// Links in flight to one host.
    pub per_host: usize,
    /// Whether links that leave the site are opened, too.
    pub external: bool,
    /// Whether Rayon's threads read the pages. A paused clock would jump while
    /// they do: it sees tasks, and no other thread.
    pub rayon: bool,
    /// What is tried again.
    pub retry: Retry,
    /// Where the dice of the pauses begin; elsewhere in each run if none.
    pub seed: Option<u64>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            total: 16,
            per_host: 4,
            external: false,
            rayon: true,
            retry: Retry::default(),
            seed: None,
        }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Links that are finished.
    pub checked: usize,
    /// Those of them that are not good.
    pub broken: usize,
    /// Links that wait.
    pub waiting: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts {
            checked,
            broken,
            waiting,
        } = self;
        write!(f, "{checked} checked, {broken} broken, {waiting} waiting")
    }
}

/// How others end a run and look on.
#[derive(Debug)]
pub struct Control {
    /// Cancelled, it starts nothing more.
    pub stop: CancellationToken,
    /// How long what is in flight may take then.
    pub grace: Duration,
    /// How far it is.
    pub counts: watch::Sender<Counts>,
}

impl Default for Control {
    fn default() -> Control {
        Control {
            stop: CancellationToken::new(),
            grace: Duration::from_secs(5),
            counts: watch::Sender::default(),
        }
    }
}

/// Checks the page at `start` and all that it leads to on the same site.
pub async fn crawl<F: Fetch>(
    start: Url,
    fetch: F,
    options: Options,
    control: &Control,
) -> Report {
    let mut plan = Plan::new(start, options);
    let fetch = Arc::new(fetch);
    let mut running = JoinSet::new();
    // ANCHOR: run
    while !control.stop.is_cancelled() {
        let now = Instant::now();
        while running.len() < plan.options.total
            && let Some((job, url, read)) = plan.next(now)
        {
            let span = info_span!("visit", url = &*job.url, tried = job.tried);
            let visit = visit(fetch.clone(), url, read, plan.options.rayon);
            let task = running.spawn(visit.instrument(span));
            plan.in_flight.insert(task.id(), job);
        }
        // Without room, what is due waits for a task to end, and so do we.
        let room = running.len() < plan.options.total;
        let wake_at = plan.hosts.wake_at(now).filter(|_| room);
        if running.is_empty() && wake_at.is_none() {
            break;
        }
        tokio::select! {
            Some(done) = running.join_next_with_id() => plan.done(done),
            () = control.stop.cancelled() => {}
            () = sleep_until(wake_at.unwrap_or(now)), if wake_at.is_some() => {}
        }
        control.counts.send_replace(plan.counts());
    }
    // ANCHOR_END: run
    // ANCHOR: stop
    let deadline = Instant::now() + control.grace;
    while let Ok(Some(done)) =
        timeout_at(deadline, running.join_next_with_id()).await
    {
        plan.done(done);
    }
    // What is still in flight is aborted when `running` is dropped.
    plan.report.left += plan.hosts.waiting() + plan.in_flight.len();
    plan.report.sort();
    plan.report
    // ANCHOR_END: stop
}

// ANCHOR: visit
/// What a visit brought: where the page is, and what it holds if it was read.
pub(crate) type Visit = Result<(Url, Option<Found>), Fault>;

/// Opens one link, and reads the page.
async fn visit<F: Fetch>(
    fetch: Arc<F>,
    url: Url,
    read: bool,
    rayon: bool,
) -> Visit {
    let page = fetch.get(url, read).await?;
    debug!("answered");
    let Some(html) = page.html else {
        return Ok((page.url, None));
    };
    let base = page.url.clone();
    let job = move || links(&html, &base);
    let found = match rayon {
        true => on_rayon(job).await.map_err(|_| Fault::Panicked)?,
        false => job(),
    };
    Ok((page.url, Some(found)))
}
// ANCHOR_END: visit
