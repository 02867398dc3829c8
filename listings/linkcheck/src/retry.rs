//! Whether to try again, and when.

use std::time::Duration;

use fastrand::Rng;

use crate::{Class, Fault};

/// How often a link is tried, and the pauses between.
#[derive(Clone, Debug)]
pub struct Retry {
    /// Tries for each link, the first one included.
    pub tries: u32,
    /// The longest pause after the first try; it doubles with each.
    pub first: Duration,
    /// No pause is longer, whatever a server asks for.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Retry {
        Retry {
            tries: 4,
            first: Duration::from_millis(250),
            longest: Duration::from_secs(30),
        }
    }
}

// ANCHOR: pause
impl Retry {
    /// How long to wait before the next try; none if there is to be no other.
    pub fn pause(
        &self,
        fault: &Fault,
        tried: u32,
        rng: &mut Rng,
    ) -> Option<Duration> {
        if fault.class() != Class::Passing || tried >= self.tries {
            return None;
        }
        if let Some(asked) = fault.asked() {
            // To come back sooner is rude, to wait an hour is no check.
            return (asked <= self.longest).then_some(asked);
        }
        let doubled = 2_u32.saturating_pow(tried.saturating_sub(1));
        let cap = self.first.saturating_mul(doubled).min(self.longest);
        Some(cap.mul_f64(rng.f64()))
    }
}
// ANCHOR_END: pause

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_by_class() {
        let (retry, mut rng) = (Retry::default(), Rng::with_seed(1));
        let mut pause = |fault, tried| retry.pause(&fault, tried, &mut rng);
        let after =
            |seconds| Fault::Status(429, Some(Duration::from_secs(seconds)));
        assert_eq!(pause(Fault::Status(404, None), 1), None);
        assert_eq!(pause(Fault::Redirect(String::new()), 1), None);
        assert_eq!(pause(after(7), 1), Some(Duration::from_secs(7)));
        assert_eq!(pause(after(3600), 1), None);
        assert_eq!(pause(Fault::Timeout, 4), None);
        for tried in 1..4 {
            let cap = Duration::from_millis(250 << (tried - 1));
            assert!(pause(Fault::Timeout, tried).is_some_and(|p| p <= cap));
        }
    }

    #[test]
    fn no_number_of_tries_overflows() {
        let retry = Retry {
            tries: u32::MAX,
            ..Retry::default()
        };
        let mut rng = Rng::with_seed(1);
        for tried in [1, 31, 32, 33, 64, 65, u32::MAX - 1] {
            let pause = retry.pause(&Fault::Timeout, tried, &mut rng);
            assert!(pause.is_some_and(|pause| pause <= retry.longest));
        }
    }
}
