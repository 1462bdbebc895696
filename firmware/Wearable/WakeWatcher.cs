using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>Sleeps until motion or the timer, and copes with an interrupt pin that is stuck.</summary>
    /// <remarks>
    /// The host looks at the sensor about once per minute: a sensor whose power dipped has forgotten what it watched for, and says nothing.
    /// The sensor's own motion flag has the last word. A pin that rises again and again without it is stuck high; a flag found by
    /// the timer without the pin means a pin that never rises. In both cases the watcher polls the flag until the pin follows it again.
    /// </remarks>
    internal sealed class WakeWatcher
    {
        private const int LookAtPinMilliseconds = 1;

        private readonly IMotionSensor _sensor;
        private readonly SensorLink _link;
        private readonly IClock _clock;
        private readonly IClock _pauses;
        private readonly IPower _power;
        private readonly InferenceLog _log;
        private readonly EnergyLedger _ledger;
        private readonly WearableSettings _settings;
        private readonly RunControl _control;
        private readonly MotionThreshold _threshold;
        private readonly PinHealth _pin;
        private long _deadline;
        private bool _moved;

        internal WakeWatcher(DeviceParts parts, WearableSettings settings)
        {
            _sensor = parts.Sensor;
            _link = parts.Link;
            _clock = parts.Clock;
            _pauses = parts.Pauses;
            _power = parts.Power;
            _log = parts.Log;
            _ledger = parts.Ledger;
            _settings = settings;
            _control = parts.Control;
            WokeMicroseconds = _clock.Microseconds;
            _pin = new PinHealth(parts.Log, settings);
            _threshold = new MotionThreshold(settings.MotionThreshold, settings.FalseWakesToRaise);
        }

        /// <summary>The motion threshold in force, in register steps.</summary>
        internal int Threshold
        {
            get { return _threshold.Value; }
        }

        /// <summary>Clock time at which the host last woke.</summary>
        internal long WokeMicroseconds { get; private set; }

        /// <summary>Whether the interrupt pin has given no reason to doubt it.</summary>
        internal bool TrustsPin
        {
            get { return _pin.IsTrusted; }
        }

        /// <summary>Starts, now, from a threshold that was measured.</summary>
        internal void StartFrom(int threshold)
        {
            _threshold.Resume(threshold, 0);
            WokeMicroseconds = _clock.Microseconds;
        }

        /// <summary>Puts what was learnt into the state that outlives a deep sleep.</summary>
        internal void Keep(RetainedState state)
        {
            state.Threshold = _threshold.Value;
            state.FalseWakes = _threshold.FalseWakes;
        }

        /// <summary>Goes on from a state kept over a deep sleep, which has just ended.</summary>
        internal void Resume(RetainedState state)
        {
            _threshold.Resume(state.Threshold, state.FalseWakes);
            WokeMicroseconds = _clock.Microseconds;
        }

        /// <summary>Why a deep sleep ended; None when the pin rose for nothing.</summary>
        internal WakeCause CauseOfStart()
        {
            bool byPin = _power.StartCause == StartCause.Interrupt;
            var status = _link.Try(Look, "read_wake");
            if (status != SensorStatus.Ok)
            {
                return Restore(status);
            }

            if (_moved)
            {
                return _pin.NoteMotion(byPin);
            }

            _pin.NoteRest(byPin);
            return byPin ? WakeCause.None : WakeCause.Timer;
        }

        /// <summary>Puts the sensor to watch and sleeps.</summary>
        internal WakeCause WaitForWake()
        {
            Arm();
            while (!_control.IsStopped)
            {
                bool byPin = Sleep();
                WokeMicroseconds = _clock.Microseconds;
                var status = _link.Try(Look, "read_wake");
                if (status != SensorStatus.Ok)
                {
                    // Nobody watched for a while.
                    return Restore(status);
                }

                _link.NoteHealthy();
                if (_moved)
                {
                    return _pin.NoteMotion(byPin);
                }

                if (WokeMicroseconds >= _deadline)
                {
                    return WakeCause.Timer;
                }

                _pin.NoteRest(byPin);
            }

            return WakeCause.None;
        }

        /// <summary>Adapts the motion threshold to what the capture after a wake showed.</summary>
        internal void Learn(WakeCause cause, bool movedAtFirst, bool movedAtAll)
        {
            // Neither tells anything of the threshold.
            if (cause == WakeCause.Boot || cause == WakeCause.Reset)
            {
                return;
            }

            bool changed = cause == WakeCause.Timer
                ? _threshold.LearnFromTimerWake(movedAtFirst)
                : _threshold.LearnFromMotionWake(movedAtAll);
            if (changed)
            {
                _log.Error(cause == WakeCause.Timer ? "missed_motion" : "false_wakes", "new_threshold", _threshold.Value);
            }
        }

        /// <summary>Puts the sensor to watch; false when someone asked to stop meanwhile.</summary>
        internal bool Arm()
        {
            bool watches = _link.RetryUntilOk(SleepUntilMotion, "sleep");
            _deadline = _clock.Microseconds + (_settings.TimerWakeMilliseconds * 1000L);
            return watches;
        }

        private SensorStatus SleepUntilMotion()
        {
            return _sensor.WatchesMotion ? _sensor.SleepUntilMotion(_threshold.Value) : _sensor.Sleep();
        }

        // A flag is proof enough that it watched.
        private SensorStatus Look()
        {
            var status = _sensor.ReadMotion(out _moved);
            return status == SensorStatus.Ok && !_moved && _sensor.WatchesMotion ? _sensor.CheckWatch(_threshold.Value) : status;
        }

        // The sensor was lost while asleep, or has forgotten what it watched for.
        private WakeCause Restore(SensorStatus status)
        {
            if (status == SensorStatus.PowerLost)
            {
                _log.Error("sensor_reset", SensorStatusName.Of(status));
            }

            _link.Reconnect();
            return _control.IsStopped ? WakeCause.None : WakeCause.Reset;
        }

        // True when the pin is high.
        private bool Sleep()
        {
            int remaining = RemainingMilliseconds();
            if (_pin.IsPolled)
            {
                _pauses.Sleep(remaining < _settings.PollMilliseconds ? remaining : _settings.PollMilliseconds);
                return _power.SleepUntilInterrupt(LookAtPinMilliseconds);
            }

            _ledger.Enter(PowerState.Sleep, _clock.Microseconds);
            bool byPin = _power.SleepUntilInterrupt(remaining < _settings.LookMilliseconds ? remaining : _settings.LookMilliseconds);
            _ledger.Enter(PowerState.Run, _clock.Microseconds);
            return byPin;
        }

        private int RemainingMilliseconds()
        {
            long remaining = (_deadline - _clock.Microseconds + 999) / 1000;
            return remaining < 1 ? 1 : (int)remaining;
        }
    }
}
