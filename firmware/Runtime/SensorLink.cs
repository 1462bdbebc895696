using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Keeps the sensor reachable: tries again what got no acknowledge, and finds a lost sensor again.</summary>
    public sealed class SensorLink
    {
        private readonly IMotionSensor _sensor;
        private readonly IClock _clock;
        private readonly InferenceLog _log;
        private readonly ApplicationSettings _settings;
        private readonly RunControl _control;
        private int _setbacks;

        /// <summary>Keeps a sensor reachable.</summary>
        /// <param name="sensor">The sensor.</param>
        /// <param name="clock">Its sleeps are the pauses between two tries.</param>
        /// <param name="log">Takes the failures.</param>
        /// <param name="settings">How often and how long to try.</param>
        /// <param name="control">Ends the tries.</param>
        public SensorLink(IMotionSensor sensor, IClock clock, InferenceLog log, ApplicationSettings settings, RunControl control)
        {
            _sensor = sensor;
            _clock = clock;
            _log = log;
            _settings = settings;
            _control = control;
        }

        /// <summary>Does an operation, and again after growing pauses while the chip does not answer. Logs the first failure.</summary>
        public SensorStatus Try(SensorOperation operation, string name)
        {
            int refusals = _sensor.Refusals;
            var status = operation();
            refusals = _sensor.Refusals - refusals;
            if (refusals > 0)
            {
                _log.Error(SensorStatusName.Of(SensorStatus.NoAcknowledge), name, refusals);
            }

            if (status != SensorStatus.NoAcknowledge)
            {
                return status;
            }

            int pause = _settings.BusRetryMilliseconds;
            for (int i = 0; i < _settings.BusRetries && status == SensorStatus.NoAcknowledge && !_control.IsStopped; i++)
            {
                _clock.Sleep(pause);
                pause *= 2;
                status = operation();
            }

            return status;
        }

        /// <summary>Does an operation until it succeeds, setting the sensor up again after each failure; false when stopped.</summary>
        public bool RetryUntilOk(SensorOperation operation, string name)
        {
            while (!_control.IsStopped)
            {
                var status = Try(operation, name);
                if (status == SensorStatus.Ok)
                {
                    return true;
                }

                Reconnect();
            }

            return false;
        }

        /// <summary>Looks for the sensor until it is identified and configured, or someone asks to stop.</summary>
        public void Reconnect()
        {
            while (!_control.IsStopped)
            {
                if (_setbacks > 0)
                {
                    _clock.Sleep(Pause());
                }

                _setbacks++;
                var found = Connect();
                if (found == SensorStatus.Ok)
                {
                    return;
                }

                _log.Error("sensor_lost", SensorStatusName.Of(found), Pause());
            }
        }

        /// <summary>The sensor does its work: the next time it is lost, the pauses start short again.</summary>
        public void NoteHealthy()
        {
            _setbacks = 0;
        }

        /// <summary>Identifies and configures the sensor once.</summary>
        public SensorStatus Connect()
        {
            var status = _sensor.Identify();
            return status == SensorStatus.Ok ? _sensor.Configure() : status;
        }

        // Doubles with every setback up to the maximum.
        private int Pause()
        {
            int pause = _settings.ReconnectMilliseconds;
            for (int i = 1; i < _setbacks && pause < _settings.ReconnectMaximumMilliseconds; i++)
            {
                pause *= 2;
            }

            return pause < _settings.ReconnectMaximumMilliseconds ? pause : _settings.ReconnectMaximumMilliseconds;
        }
    }
}
