//! Serve ten thousand guests with a limit for everything that can run out.

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
}

impl Kitchen {
    /// A kitchen in which so many orders cook at a time, and so many wait.
    pub fn open(pans: usize, _places: usize) -> Kitchen {
        Kitchen {
            pans: Semaphore::new(pans),
        }
    }

    /// Cooks an order.
    ///
    /// - Who finds every pan and every place taken is told `Full` at once.
    /// - Patience begins when the guest arrives. When it is over, the guest is
    ///   told `TooLate`, waiting or cooking.
    /// - A guest who leaves gives pan and place back.
    ///
    /// An answer as assistants give it: the semaphore limits the load, and a
    /// timeout guards each order.
    pub async fn order<T>(
        &self,
        patience: Duration,
        cook: impl Future<Output = T>,
    ) -> Result<T, Refused> {
        let Ok(_pan) = self.pans.acquire().await else {
            return Err(Refused::Full);
        };
        timeout(patience, cook).await.map_err(|_| Refused::TooLate)
    }
}
