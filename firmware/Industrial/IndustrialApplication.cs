using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Industrial
{
    /// <summary>The machine monitor's main loop: wake by the timer, judge a few windows, sleep until the next burst is due.</summary>
    public sealed class IndustrialApplication
    {
        /// <summary>Name and version in the log's head.</summary>
        public const string Firmware = "nanoformer-industrial/0.1.0";

        private readonly IndustrialSettings _settings;
        private readonly DeviceParts _parts;
        private readonly DeepSleep _deepSleep;
        private CaptureLoop _loop;
        private long _wokeMicroseconds;

        /// <summary>Binds the parts; touches no hardware.</summary>
        public IndustrialApplication(BoardAccess board, Transformer transformer, IndustrialSettings settings)
        {
            _settings = settings;
            _parts = new DeviceParts(board, transformer, Firmware, settings);
            _deepSleep = new DeepSleep(_parts);
        }

        /// <summary>Whether <see cref="Run"/> ended with a deep sleep, after which the application must be built and run again.</summary>
        public bool HasPoweredDown { get; private set; }

        /// <summary>Asks the loop to end at the next opportunity; may be called from the clock, the power or the sink.</summary>
        public void Stop()
        {
            _parts.Control.IsStopped = true;
        }

        /// <summary>Boots and works through <paramref name="maxBursts"/> bursts (0: no limit), until a stop or a deep sleep.</summary>
        /// <returns>False when the model cannot be used.</returns>
        public bool Run(int maxBursts)
        {
            try
            {
                return Work(maxBursts);
            }
            finally
            {
                _parts.CloseCapture();
            }
        }

        private bool Work(int maxBursts)
        {
            var boot = new BootSequence(_parts, _deepSleep);
            _wokeMicroseconds = _parts.Clock.Microseconds;
            if (!boot.Run())
            {
                return false;
            }

            Prepare(boot);
            int bursts = 0;
            while (!_parts.Control.IsStopped && (maxBursts == 0 || bursts < maxBursts))
            {
                Burst(bursts == 0 && !boot.IsResumed ? WakeCause.Boot : WakeCause.Timer);
                _parts.LogPeriod();
                if (Sleep())
                {
                    return true;
                }

                bursts++;
            }

            _parts.LogPeriod();
            return true;
        }

        private void Prepare(BootSequence boot)
        {
            _loop = new CaptureLoop(_parts, boot.Map);
            if (boot.IsResumed)
            {
                _loop.Bias = _deepSleep.State.Bias;
                _wokeMicroseconds = _parts.Clock.Microseconds;
            }
        }

        private void Burst(WakeCause cause)
        {
            if (!_loop.Start(cause, _wokeMicroseconds, InferenceLog.NoThreshold))
            {
                return;
            }

            for (int i = 0; i < _settings.WaitsPerBurst && _loop.Windows < _settings.WindowsPerBurst && !_parts.Control.IsStopped; i++)
            {
                _loop.Step();
            }

            _loop.End();
        }

        // Comes back with true on a simulated board only; on a device a deep sleep ends in a boot.
        private bool Sleep()
        {
            if (!_parts.Link.RetryUntilOk(_parts.Sensor.Sleep, "sleep"))
            {
                return false;
            }

            long next = _wokeMicroseconds + (_settings.IntervalMilliseconds * 1000L);
            if (_settings.DeepSleep && _deepSleep.IsAvailable)
            {
                _deepSleep.State.Bias = _loop.Bias;
                HasPoweredDown = _deepSleep.Enter(MillisecondsUntil(next), false);
            }

            if (!HasPoweredDown)
            {
                SleepUntil(next);
            }

            return HasPoweredDown;
        }

        // The sensor is asleep and its pin low; should the pin rise all the same, the rest is slept lightly.
        private void SleepUntil(long microseconds)
        {
            _parts.Ledger.Enter(PowerState.Sleep, _parts.Clock.Microseconds);
            bool rose = _parts.Power.SleepUntilInterrupt(MillisecondsUntil(microseconds));
            _parts.Ledger.Enter(PowerState.Run, _parts.Clock.Microseconds);
            if (rose)
            {
                _parts.Pauses.Sleep(MillisecondsUntil(microseconds));
            }

            _wokeMicroseconds = _parts.Clock.Microseconds;
        }

        private int MillisecondsUntil(long microseconds)
        {
            long left = (microseconds - _parts.Clock.Microseconds + 999) / 1000;
            return left < 1 ? 1 : (int)left;
        }
    }
}
