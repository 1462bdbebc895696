using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Wearable
{
    /// <summary>The wearable's main loop: sleep until motion, recognise until still, sleep again. firmware/README.md draws it.</summary>
    public sealed class WearableApplication
    {
        /// <summary>Name and version in the log's head.</summary>
        public const string Firmware = "nanoformer-wearable/0.1.0";

        private readonly WearableSettings _settings;
        private readonly DeviceParts _parts;
        private readonly DeepSleep _deepSleep;
        private readonly WakeWatcher _watcher;
        private CaptureLoop _loop;

        /// <summary>Binds the parts; touches no hardware.</summary>
        public WearableApplication(BoardAccess board, Transformer transformer, WearableSettings settings)
        {
            _settings = settings;
            _parts = new DeviceParts(board, transformer, Firmware, settings);
            _deepSleep = new DeepSleep(_parts);
            _watcher = new WakeWatcher(_parts, settings);
        }

        /// <summary>Whether <see cref="Run"/> ended with a deep sleep, after which the application must be built and run again.</summary>
        public bool HasPoweredDown { get; private set; }

        /// <summary>Asks the loop to end at the next opportunity; may be called from the clock, the power or the sink.</summary>
        public void Stop()
        {
            _parts.Control.IsStopped = true;
        }

        /// <summary>Boots and goes through <paramref name="maxWakes"/> wakes (0: no limit), until a stop or a deep sleep.</summary>
        /// <returns>False when the model cannot be used: it fails its self-test or wants channels that the sensor has not.</returns>
        public bool Run(int maxWakes)
        {
            try
            {
                return Work(maxWakes);
            }
            finally
            {
                _parts.CloseCapture();
            }
        }

        private bool Work(int maxWakes)
        {
            if (!Boot())
            {
                return false;
            }

            int wakes = 0;
            while (!_parts.Control.IsStopped && (maxWakes == 0 || wakes < maxWakes))
            {
                if (PowerDown())
                {
                    return true;
                }

                _parts.LogPeriod();
                Capture(_watcher.WaitForWake());
                wakes++;
            }

            _parts.LogPeriod();
            return true;
        }

        private bool Boot()
        {
            var boot = new BootSequence(_parts, _deepSleep);
            if (!boot.Run())
            {
                return false;
            }

            _loop = new CaptureLoop(_parts, boot.Map);
            if (boot.IsResumed)
            {
                Resume();
                return true;
            }

            if (_settings.Calibrate && !_parts.Control.IsStopped && _parts.Sensor.WatchesMotion)
            {
                Calibrate();
            }

            if (_settings.CaptureAtBoot)
            {
                Capture(WakeCause.Boot);
            }

            return true;
        }

        private void Resume()
        {
            _loop.Bias = _deepSleep.State.Bias;
            _watcher.Resume(_deepSleep.State);
            Capture(_watcher.CauseOfStart());
        }

        private void Calibrate()
        {
            var calibration = new MotionCalibration(_parts);
            if (calibration.Run())
            {
                _watcher.StartFrom(calibration.Threshold);
            }
        }

        // Comes back with true on a simulated board only; on a device a deep sleep ends in a boot.
        private bool PowerDown()
        {
            if (!_settings.DeepSleep || !_deepSleep.IsAvailable || !_watcher.TrustsPin || !_watcher.Arm())
            {
                return false;
            }

            _parts.LogPeriod();
            _deepSleep.State.Bias = _loop.Bias;
            _watcher.Keep(_deepSleep.State);
            HasPoweredDown = _deepSleep.Enter(_settings.TimerWakeMilliseconds, true);
            return HasPoweredDown;
        }

        // Recognises, or collects, until the sensor is still, or someone asks to stop.
        private void Capture(WakeCause cause)
        {
            if (cause == WakeCause.None || !_loop.Start(cause, _watcher.WokeMicroseconds, _watcher.Threshold))
            {
                return;
            }

            while (!_loop.IsAtRest && !_parts.Control.IsStopped)
            {
                _loop.Step();
            }

            _loop.End();
            if (_loop.IsAtRest && !_loop.IsSensorFrozen)
            {
                _watcher.Learn(cause, _loop.MovedAtFirst, _loop.MovedAtAll);
            }
        }
    }
}
