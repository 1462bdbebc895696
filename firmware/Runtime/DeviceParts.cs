using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The parts that every application works with, built once and bound to each other.</summary>
    public sealed class DeviceParts
    {
        private readonly CaptureOpener _openCapture;
        private Capture _capture;

        /// <summary>Binds the parts; touches no hardware.</summary>
        /// <param name="board">The board.</param>
        /// <param name="transformer">The model; may be null where samples are collected.</param>
        /// <param name="firmware">Name and version in the log's head.</param>
        /// <param name="settings">The application's settings.</param>
        public DeviceParts(BoardAccess board, Transformer transformer, string firmware, ApplicationSettings settings)
        {
            _openCapture = board.OpenCapture;
            Power = board.Power;
            Store = board.Store;
            Settings = settings;
            Transformer = transformer;
            Clock = new ResumableClock(board.Clock);
            Sensor = MotionSensors.Create(board.Bus, Clock, settings.SensorRateHertz, settings.AcceptUnknownSensor);
            Model = transformer == null ? SensorFormat.At(settings.Collect.RateMillihertz, Sensor.Scale) : transformer.Info;
            Log = new InferenceLog(board.Sink, Clock, firmware, settings.LinesBetweenHeads);
            Log.Identify(settings.DeviceId);
            if (transformer != null)
            {
                Log.Describe(Model);
            }

            Alarms = new AlarmMonitor(OutputLayout.Of(Model).AlarmScore, settings.Alarm);
            Ledger = new EnergyLedger(Clock.Microseconds, board.Phases);
            Pauses = new LightSleep(Clock, Ledger);
            Link = new SensorLink(Sensor, Pauses, Log, settings, Control);
        }

        /// <summary>The device's time, which goes on over deep sleeps.</summary>
        public ResumableClock Clock { get; }

        /// <summary>The host's sleeps.</summary>
        public IPower Power { get; }

        /// <summary>What outlives a reboot; null where the board has no such place.</summary>
        public IStateStore Store { get; }

        /// <summary>The application's settings.</summary>
        public ApplicationSettings Settings { get; }

        /// <summary>The model; null where samples are collected without one.</summary>
        public Transformer Transformer { get; }

        /// <summary>What the model says about itself; without a model the input part alone.</summary>
        public ModelInfo Model { get; }

        /// <summary>The wish to stop.</summary>
        public RunControl Control { get; } = new RunControl();

        /// <summary>The sensor.</summary>
        public IMotionSensor Sensor { get; }

        /// <summary>The log.</summary>
        public InferenceLog Log { get; }

        /// <summary>What the model's scores call for.</summary>
        public AlarmMonitor Alarms { get; }

        /// <summary>Where the time goes.</summary>
        public EnergyLedger Ledger { get; }

        /// <summary>The clock whose sleeps are booked as light sleep.</summary>
        public LightSleep Pauses { get; }

        /// <summary>Keeps the sensor reachable.</summary>
        public SensorLink Link { get; }

        /// <summary>Opens a capture of the sensor; one opened before is closed.</summary>
        public Capture OpenCapture(CaptureSettings settings)
        {
            CloseCapture();
            _capture = _openCapture(settings);
            return _capture;
        }

        /// <summary>Closes the capture that was opened last, if any.</summary>
        public void CloseCapture()
        {
            if (_capture != null)
            {
                _capture.Dispose();
                _capture = null;
            }
        }

        /// <summary>Writes the sleep record: where the time went since the last one.</summary>
        public void LogPeriod()
        {
            Ledger.Enter(PowerState.Run, Clock.Microseconds);
            Log.Sleep(Ledger);
        }
    }
}
