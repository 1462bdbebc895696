using NanoFormer.Runtime;

namespace NanoFormer.Wearable
{
    /// <summary>Tells from the wakes whether the interrupt pin can be trusted: it may be stuck high, or never rise.</summary>
    /// <remarks>
    /// While the flag is polled the pin is looked at beside it. When it was low without motion and then high with it, the wire works
    /// again, and the host sleeps by it as before.
    /// </remarks>
    internal sealed class PinHealth
    {
        private readonly InferenceLog _log;
        private readonly WearableSettings _settings;
        private int _spurious;
        private bool _wasLow;

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
        /// <param name="isHigh">Whether the pin was high.</param>
        internal WakeCause NoteMotion(bool isHigh)
        {
            _spurious = 0;
            if (isHigh && (!IsPolled || _wasLow))
            {
                IsPolled = false;
                return WakeCause.Motion;
            }

            if (!IsPolled)
            {
                Poll("silent_interrupt");
            }

            return WakeCause.Poll;
        }

        /// <summary>The sensor knows of no motion.</summary>
        /// <param name="isHigh">Whether the pin was high all the same.</param>
        internal void NoteRest(bool isHigh)
        {
            _wasLow = !isHigh;
            if (!isHigh || IsPolled)
            {
                return;
            }

            _spurious++;
            _log.Error("wake_without_motion", "interrupt_pin", _spurious);
            if (_spurious >= _settings.SpuriousWakesToPoll)
            {
                Poll("stuck_interrupt");
            }
        }

        private void Poll(string reason)
        {
            IsPolled = true;
            _wasLow = false;
            _log.Error(reason, "polling_every_ms", _settings.PollMilliseconds);
        }
    }
}
