//! What a run knows, and what it decides.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use fastrand::Rng;
use reqwest::Url;
use tokio::task::{Id, JoinError};
use tokio::time::Instant;
use tracing::{debug, warn};

use crate::crawl::Visit;
use crate::{Class, Counts, Fault, Found, Hosts, Job, Options, Report};

/// The memory of a run grows with the links that it has seen: a site that
/// invents pages ends here.
pub const MAX_URLS: usize = 1_000_000;

// ANCHOR: seen
/// The links that were seen: 128 bits of each, because a site has many and this
/// is kept to the end. That two of a million are taken for one is as likely as
/// one in 10 to the 26.
#[derive(Default)]
struct Seen {
    marks: HashSet<[u64; 2]>,
    keys: [RandomState; 2],
}

impl Seen {
    fn mark(&self, url: &str) -> [u64; 2] {
        self.keys.each_ref().map(|key| key.hash_one(url))
    }

    fn has(&self, url: &str) -> bool {
        self.marks.contains(&self.mark(url))
    }

    /// Whether the link is new.
    fn insert(&mut self, url: &str) -> bool {
        self.marks.insert(self.mark(url))
    }
}
// ANCHOR_END: seen

/// All that the deciding task knows. It never waits, so nothing is locked.
pub(crate) struct Plan {
    pub(crate) options: Options,
    site: String,
    seen: Seen,
    pub(crate) hosts: Hosts,
    rng: Rng,
    pub(crate) in_flight: HashMap<Id, Job>,
    pub(crate) report: Report,
}

impl Plan {
    pub(crate) fn new(start: Url, options: Options) -> Plan {
        let mut plan = Plan {
            site: start
                .join(".")
                .map_or_else(|_| start.to_string(), String::from),
            seen: Seen::default(),
            hosts: Hosts::new(options.per_host),
            rng: options.seed.map_or_else(Rng::new, Rng::with_seed),
            in_flight: HashMap::new(),
            report: Report::default(),
            options,
        };
        plan.find(start, &Arc::from("the command line"));
        plan
    }

    // ANCHOR: find
    /// Notes a link, unless it is known or no part of this run.
    fn find(&mut self, mut url: Url, from: &Arc<str>) {
        url.set_fragment(None);
        let url = url.as_str();
        let ours = url.starts_with(&self.site);
        if !(ours || self.options.external) || self.seen.has(url) {
            return;
        }
        if self.seen.marks.len() >= MAX_URLS {
            // At least: nobody remembers which of these were here before.
            self.report.left += 1;
            return;
        }
        self.seen.insert(url);
        let (url, from) = (url.into(), from.clone());
        self.hosts.push(Job {
            url,
            from,
            tried: 0,
        });
    }
    // ANCHOR_END: find

    /// The next link that may be opened now, and whether it is to be read.
    pub(crate) fn next(&mut self, now: Instant) -> Option<(Job, Url, bool)> {
        let mut job = self.hosts.next(now)?;
        job.tried += 1;
        let url = Url::parse(&job.url).expect("it was one when it was found");
        let read = job.url.starts_with(&self.site);
        Some((job, url, read))
    }

    pub(crate) fn done(&mut self, done: Result<(Id, Visit), JoinError>) {
        let (id, visit) = match done {
            Ok((id, visit)) => (id, visit),
            Err(error) => (error.id(), Err(Fault::Panicked)),
        };
        let now = Instant::now();
        let job = self.in_flight.remove(&id).expect("each task has its job");
        self.hosts.done(&job.url, now);
        match visit {
            Ok((url, found)) => {
                self.report.checked += 1;
                self.read(job, url, found);
            }
            Err(fault) => self.failed(job, &fault, now),
        }
    }

    fn read(&mut self, job: Job, url: Url, found: Option<Found>) {
        let Some(found) = found else { return };
        let moved = url.as_str() != &*job.url;
        if moved && !self.seen.insert(url.as_str()) {
            // Its own visit reads it.
            return;
        }
        self.report.pages += 1;
        debug!(url = &*job.url, links = found.links.len(), "read");
        if url.as_str().starts_with(&self.site) {
            // The last one in is the first one out.
            for link in found.links.into_iter().rev() {
                self.find(link, &job.url);
            }
        }
        if !found.utf8 {
            self.report.add(job, &Fault::NotUtf8);
        }
    }

    // ANCHOR: failed
    fn failed(&mut self, job: Job, fault: &Fault, now: Instant) {
        let retry = &self.options.retry;
        if let Some(pause) = retry.pause(fault, job.tried, &mut self.rng) {
            debug!(url = &*job.url, %fault, ?pause, "to be tried again");
            let due = now + pause;
            if fault.asked().is_some() {
                self.hosts.close(&job.url, due);
            }
            self.hosts.push_at(due, job);
            return;
        }
        warn!(url = &*job.url, from = &*job.from, %fault, "broken");
        if fault.class() != Class::NotChecked {
            self.report.checked += 1;
        }
        self.report.add(job, fault);
    }
    // ANCHOR_END: failed

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            checked: self.report.checked,
            broken: self.report.broken.len(),
            waiting: self.hosts.waiting(),
        }
    }
}
