//! Which link is fetched next.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::time::Instant;

/// A link to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where it leads.
    pub url: Arc<str>,
    /// The page on which it was found first.
    pub from: Arc<str>,
    /// How often it was tried.
    pub tried: u32,
}

/// The links that wait, in a queue for each host, so that one slow host holds up
/// nobody but itself. It reads no clock: who asks says what time it is.
#[derive(Debug)]
pub struct Hosts {
    /// So many links of one host are in flight at most.
    limit: usize,
    hosts: BTreeMap<String, Host>,
    /// The hosts with a link that waits, in the order of their turns.
    turns: VecDeque<String>,
    /// Links to try again, by time; the number keeps equal times apart.
    later: BTreeMap<(Instant, u64), Job>,
    numbers: u64,
}

#[derive(Debug, Default)]
struct Host {
    /// The newest comes first, so that few wait: a site is wider than deep.
    ready: Vec<Job>,
    in_flight: usize,
    /// It asked us to stay away until then.
    closed_until: Option<Instant>,
}

impl Host {
    fn is_closed(&self, now: Instant) -> bool {
        self.closed_until.is_some_and(|until| until > now)
    }
}

/// The host of a link, with its port; empty for a file.
fn host_of(url: &str) -> String {
    url.split('/').nth(2).unwrap_or_default().to_owned()
}

impl Hosts {
    /// No links yet, and this many at a time of each host, one at least.
    pub fn new(limit: usize) -> Hosts {
        Hosts {
            limit: limit.max(1),
            hosts: BTreeMap::new(),
            turns: VecDeque::new(),
            later: BTreeMap::new(),
            numbers: 0,
        }
    }

    /// A link that may be fetched at once.
    pub fn push(&mut self, job: Job) {
        let name = host_of(&job.url);
        let host = self.hosts.entry(name.clone()).or_default();
        if host.ready.is_empty() {
            self.turns.push_back(name);
        }
        host.ready.push(job);
    }

    /// A link that may be fetched from then on.
    pub fn push_at(&mut self, due: Instant, job: Job) {
        self.numbers += 1;
        self.later.insert((due, self.numbers), job);
    }

    /// Until then, no link of this host is handed out.
    pub fn close(&mut self, url: &str, until: Instant) {
        let host = self.hosts.entry(host_of(url)).or_default();
        host.closed_until = host.closed_until.max(Some(until));
    }

    // ANCHOR: next
    /// The next link; it is in flight until [`Hosts::done`].
    pub fn next(&mut self, now: Instant) -> Option<Job> {
        while let Some(first) = self.later.first_entry()
            && first.key().0 <= now
        {
            let job = first.remove();
            self.push(job);
        }
        for _ in 0..self.turns.len() {
            let name = self.turns.pop_front()?;
            let host = self.hosts.get_mut(&name)?;
            let free = host.in_flight < self.limit && !host.is_closed(now);
            let job = free.then(|| host.ready.pop()).flatten();
            host.in_flight += usize::from(job.is_some());
            if !host.ready.is_empty() {
                self.turns.push_back(name);
            }
            if job.is_some() {
                return job;
            }
        }
        None
    }
    // ANCHOR_END: next

    /// A link of [`Hosts::next`] is not in flight any more.
    pub fn done(&mut self, url: &str, now: Instant) {
        let name = host_of(url);
        let Some(host) = self.hosts.get_mut(&name) else {
            return;
        };
        host.in_flight = host.in_flight.saturating_sub(1);
        // A site can link to hosts without number.
        let idle = host.in_flight == 0 && host.ready.is_empty();
        if idle && !host.is_closed(now) {
            self.hosts.remove(&name);
        }
    }

    /// When to ask again, though nothing was done meanwhile.
    pub fn wake_at(&self, now: Instant) -> Option<Instant> {
        let waiting = self.hosts.values().filter(|h| !h.ready.is_empty());
        let opens = waiting.filter_map(|host| host.closed_until);
        let opens = opens.filter(|until| *until > now).min();
        let due = self.later.keys().next().map(|(due, _)| *due);
        opens.into_iter().chain(due).min()
    }

    /// How many links wait; those in flight are not among them.
    pub fn waiting(&self) -> usize {
        let ready = self.hosts.values().map(|host| host.ready.len());
        ready.sum::<usize>() + self.later.len()
    }
}
