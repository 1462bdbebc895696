using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>A clock whose sleeps are booked as light sleep: while the FIFO fills, between tries, while polling.</summary>
    public sealed class LightSleep : IClock
    {
        private readonly IClock _clock;
        private readonly EnergyLedger _ledger;

        /// <summary>Books on a ledger what a clock sleeps.</summary>
        public LightSleep(IClock clock, EnergyLedger ledger)
        {
            _clock = clock;
            _ledger = ledger;
        }

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return _clock.Microseconds; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            _ledger.Enter(PowerState.Capture, _clock.Microseconds);
            _clock.Sleep(milliseconds);
            _ledger.Enter(PowerState.Run, _clock.Microseconds);
        }
    }
}
