using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Drone
{
    /// <summary>
    /// The drone's main loop: capture without a gap while armed, tell the flight regime of every window and the anomaly score beside it;
    /// wait with the sensor asleep while disarmed.
    /// </summary>
    public sealed class DroneApplication
    {
        /// <summary>Name and version in the log's head.</summary>
        public const string Firmware = "nanoformer-drone/0.1.0";

        private readonly IArmSwitch _arm;
        private readonly DroneSettings _settings;
        private readonly DeviceParts _parts;
        private CaptureLoop _loop;
        private long _periodEnds;

        /// <summary>Binds the parts; touches no hardware.</summary>
        public DroneApplication(BoardAccess board, Transformer transformer, IArmSwitch arm, DroneSettings settings)
        {
            _arm = arm;
            _settings = settings;
            _parts = new DeviceParts(board, transformer, Firmware, settings);
        }

        /// <summary>Asks the loop to end at the next opportunity; may be called from the clock, the switch or the sink.</summary>
        public void Stop()
        {
            _parts.Control.IsStopped = true;
        }

        /// <summary>Boots and works until <see cref="Stop"/>.</summary>
        /// <returns>False when the model cannot be used.</returns>
        public bool Run()
        {
            try
            {
                return Work();
            }
            finally
            {
                _parts.CloseCapture();
            }
        }

        private bool Work()
        {
            var boot = new BootSequence(_parts, new DeepSleep(_parts));
            if (!boot.Run())
            {
                return false;
            }

            _loop = new CaptureLoop(_parts, boot.Map);
            while (!_parts.Control.IsStopped)
            {
                WaitUntilArmed();
                Fly();
            }

            _parts.LogPeriod();
            return true;
        }

        private void WaitUntilArmed()
        {
            if (_arm.IsArmed || !_parts.Link.RetryUntilOk(_parts.Sensor.Sleep, "sleep"))
            {
                return;
            }

            _parts.LogPeriod();
            while (!_arm.IsArmed && !_parts.Control.IsStopped)
            {
                _parts.Pauses.Sleep(_settings.DisarmedPollMilliseconds);
            }
        }

        private void Fly()
        {
            if (_parts.Control.IsStopped
                || !_loop.Start(WakeCause.Armed, _parts.Clock.Microseconds, InferenceLog.NoThreshold))
            {
                return;
            }

            StartPeriod();
            while (_arm.IsArmed && !_parts.Control.IsStopped)
            {
                _loop.Step();
                if (_parts.Clock.Microseconds >= _periodEnds)
                {
                    _parts.LogPeriod();
                    StartPeriod();
                }
            }

            _loop.End();
        }

        private void StartPeriod()
        {
            _periodEnds = _parts.Clock.Microseconds + (_settings.PeriodMilliseconds * 1000L);
        }
    }
}
