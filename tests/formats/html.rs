//! The format `html`.

use super::fixture;
