using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>Sleeps until motion or the timer, and copes with an interrupt pin that is stuck.</summary>
    /// <remarks>
    /// The sensor's own motion flag has the last word. A pin that rises again and again without it is stuck high; a flag found by
    /// the timer without the pin means a pin that never rises. In both cases the watcher polls the flag from then on.
    /// </remarks>
    internal sealed class WakeWatcher
    {
        private readonly Mpu6050 _sensor;
        private readonly SensorLink _link;
        private readonly IClock _clock;
        private readonly IClock _pauses;
        private readonly IPower _power;
        private readonly InferenceLog _log;
        private readonly EnergyLedger _ledger;
        private readonly WearableSettings _settings;
        private readonly RunControl _control;
        private readonly MotionThreshold _threshold;
        private long _deadline;
        private int _interrupts;
        private int _spurious;
        private bool _isPolling;

        internal WakeWatcher(
            Mpu6050 sensor,
            SensorLink link,
            IClock clock,
            IClock pauses,
            IPower power,
            InferenceLog log,
            EnergyLedger ledger,
            WearableSettings settings,
            RunControl control)
        {
            _sensor = sensor;
            _link = link;
            _clock = clock;
            _pauses = pauses;
            _power = power;
            _log = log;
            _ledger = ledger;
            _settings = settings;
            _control = control;
            WokeMicroseconds = clock.Microseconds;
            _threshold = new MotionThreshold(settings.MotionThreshold, settings.FalseWakesToRaise);
        }

        /// <summary>The motion threshold in force, in register steps.</summary>
        internal int Threshold
        {
            get { return _threshold.Value; }
        }

        /// <summary>Clock time at which the host last woke.</summary>
        internal long WokeMicroseconds { get; private set; }

        /// <summary>Puts the sensor to watch and sleeps.</summary>
        internal WakeCause WaitForWake()
        {
            Arm();
            while (!_control.IsStopped)
            {
                bool byPin = Sleep();
                WokeMicroseconds = _clock.Microseconds;
                if (_link.Try(ReadInterrupts, "read_wake") != SensorStatus.Ok)
                {
                    // The sensor was lost while asleep. Found again it has forgotten what it watched for.
                    _link.Reconnect();
                    Arm();
                    continue;
                }

                _link.NoteHealthy();
                bool moved = (_interrupts & Mpu6050Registers.MotionBit) != 0;
                if (moved)
                {
                    return MotionCause(byPin);
                }

                if (WokeMicroseconds >= _deadline)
                {
                    return WakeCause.Timer;
                }

                if (byPin)
                {
                    NoteSpuriousWake();
                }
            }

            return WakeCause.Stopped;
        }

        /// <summary>Adapts the motion threshold to what the capture after a wake showed.</summary>
        internal void Learn(WakeCause cause, bool movedAtFirst, bool movedAtAll)
        {
            if (cause == WakeCause.Boot)
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

        private void Arm()
        {
            _link.Insist(SleepUntilMotion, "sleep");
            _deadline = _clock.Microseconds + (_settings.TimerWakeMilliseconds * 1000L);
        }

        private SensorStatus SleepUntilMotion()
        {
            return _sensor.SleepUntilMotion(_threshold.Value);
        }

        private SensorStatus ReadInterrupts()
        {
            return _sensor.ReadInterrupts(out _interrupts);
        }

        private bool Sleep()
        {
            int remaining = RemainingMilliseconds();
            if (_isPolling)
            {
                _pauses.Sleep(remaining < _settings.PollMilliseconds ? remaining : _settings.PollMilliseconds);
                return false;
            }

            _ledger.Enter(PowerState.Sleep, _clock.Microseconds);
            bool byPin = _power.SleepUntilInterrupt(remaining);
            _ledger.Enter(PowerState.Run, _clock.Microseconds);
            return byPin;
        }

        private int RemainingMilliseconds()
        {
            long remaining = (_deadline - _clock.Microseconds + 999) / 1000;
            return remaining < 1 ? 1 : (int)remaining;
        }

        private WakeCause MotionCause(bool byPin)
        {
            _spurious = 0;
            if (byPin)
            {
                return WakeCause.Motion;
            }

            if (!_isPolling)
            {
                _isPolling = true;
                _log.Error("silent_interrupt", "polling_every_ms", _settings.PollMilliseconds);
            }

            return WakeCause.Poll;
        }

        private void NoteSpuriousWake()
        {
            _spurious++;
            _log.Error("wake_without_motion", "interrupt_pin", _spurious);
            if (_spurious >= _settings.SpuriousWakesToPoll)
            {
                _isPolling = true;
                _log.Error("stuck_interrupt", "polling_every_ms", _settings.PollMilliseconds);
            }
        }
    }
}
