use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

#[derive(Debug, PartialEq)]
pub enum Refused {
    /// All places to wait are taken.
    Full,
    /// The patience of the guest is over.
    TooLate,
}

pub struct Kitchen {
    pans: Semaphore,
    /// For everybody inside, who waits or cooks.
    inside: Semaphore,
}

impl Kitchen {
    /// A kitchen in which so many orders cook at a time, and so many wait.
    pub fn open(pans: usize, places: usize) -> Kitchen {
        let most = Semaphore::MAX_PERMITS;
        Kitchen {
            pans: Semaphore::new(pans.min(most)),
            inside: Semaphore::new(pans.saturating_add(places).min(most)),
        }
    }

    /// Cooks an order.
    ///
    /// - Who finds every pan and every place taken is told `Full` at once.
    /// - Patience begins when the guest arrives. When it is over, the guest is
    ///   told `TooLate`, waiting or cooking.
    /// - A guest who leaves gives pan and place back.
    pub async fn order<T>(
        &self,
        patience: Duration,
        cook: impl Future<Output = T>,
    ) -> Result<T, Refused> {
        let Ok(_place) = self.inside.try_acquire() else {
            return Err(Refused::Full);
        };
        let served = timeout(patience, async {
            // Both are given back wherever this future is dropped.
            let _pan = self.pans.acquire().await;
            cook.await
        });
        served.await.map_err(|_| Refused::TooLate)
    }
}
