//! The format `junit`.

use super::fixture;
