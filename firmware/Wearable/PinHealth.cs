using NanoFormer.Runtime;

namespace NanoFormer.Wearable
{
    /// <summary>Tells from the wakes whether the interrupt pin can be trusted: it may be stuck high, or never rise.</summary>
    internal sealed class PinHealth
    {
        private readonly InferenceLog _log;
        private readonly WearableSettings _settings;
        private int _spurious;

        internal PinHealth(InferenceLog log, WearableSettings settings)
        {
            _log = log;
            _settings = settings;
        }

        /// <summary>Whether the sensor's motion flag is polled, because the pin says nothing.</summary>
        internal bool IsPolled { get; private set; }

        /// <summary>Whether the pin has given no reason to doubt it.</summary>
        internal bool IsTrusted
        {
            get { return !IsPolled && _spurious == 0; }
        }

        /// <summary>The sensor knows of motion; tells what found it.</summary>
        internal WakeCause NoteMotion(bool byPin)
        {
            _spurious = 0;
            if (byPin)
            {
                return WakeCause.Motion;
            }

            if (!IsPolled)
            {
                IsPolled = true;
                _log.Error("silent_interrupt", "polling_every_ms", _settings.PollMilliseconds);
            }

            return WakeCause.Poll;
        }

        /// <summary>The pin rose, and the sensor knows of no motion.</summary>
        internal void NoteSpuriousRise()
        {
            _spurious++;
            _log.Error("wake_without_motion", "interrupt_pin", _spurious);
            if (_spurious >= _settings.SpuriousWakesToPoll)
            {
                IsPolled = true;
                _log.Error("stuck_interrupt", "polling_every_ms", _settings.PollMilliseconds);
            }
        }
    }
}
