//! Why a link is not good, and whether another try can change that.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

/// Why a link is not good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Any status but a success, with what its `Retry-After` asks for.
    Status(u16, Option<Duration>),
    /// There is no such file.
    NoFile,
    /// The file cannot be read.
    Unreadable(io::ErrorKind),
    /// No connection came about.
    Connect(String),
    /// No answer within the limit, or none that ended within it.
    Timeout,
    /// The answer is no HTTP, or it ends early.
    Answer(String),
    /// Redirects without end, or to where this program cannot go.
    Redirect(String),
    /// More bytes than the limit.
    TooLarge(usize),
    /// The page is not UTF-8; its links were read all the same.
    NotUtf8,
    /// The parser panicked.
    Panicked,
    /// This build cannot open such a link.
    Unsupported(String),
}

/// What a fault means for the next try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Another try gives the same.
    Final,
    /// Another try may succeed.
    Passing,
    /// Nobody has tried.
    NotChecked,
}

// ANCHOR: class
impl Fault {
    /// What the fault means for the next try.
    pub fn class(&self) -> Class {
        match self {
            Fault::Status(408 | 429 | 500 | 502..=504, _) => Class::Passing,
            Fault::Connect(_) | Fault::Timeout | Fault::Answer(_) => {
                Class::Passing
            }
            Fault::Unsupported(_) => Class::NotChecked,
            _ => Class::Final,
        }
    }

    /// How long the server asks us to stay away.
    pub fn asked(&self) -> Option<Duration> {
        match self {
            Fault::Status(_, asked) => *asked,
            _ => None,
        }
    }
}
// ANCHOR_END: class

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Status(status, _) => write!(f, "status {status}"),
            Fault::NoFile => f.write_str("no such file"),
            Fault::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
            Fault::Connect(why) => write!(f, "no connection: {why}"),
            Fault::Timeout => f.write_str("no answer in time"),
            Fault::Answer(why) => write!(f, "bad answer: {why}"),
            Fault::Redirect(why) => write!(f, "redirect: {why}"),
            Fault::TooLarge(limit) => write!(f, "more than {limit} bytes"),
            Fault::NotUtf8 => f.write_str("is not UTF-8"),
            Fault::Panicked => f.write_str("the parser panicked"),
            Fault::Unsupported(scheme) => {
                write!(f, "{scheme}: is not supported by this build")
            }
        }
    }
}

impl Error for Fault {}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Fault {
        let why = cause(&error);
        if error.is_timeout() {
            Fault::Timeout
        } else if error.is_redirect() {
            Fault::Redirect(why)
        } else if error.is_connect() {
            Fault::Connect(why)
        } else {
            Fault::Answer(why)
        }
    }
}

/// The last cause, which says most; of an error of the system its kind, which
/// reads the same on every one.
fn cause(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    match last.downcast_ref::<io::Error>() {
        Some(io) if io.raw_os_error().is_some() => io.kind().to_string(),
        _ => last.to_string(),
    }
}
