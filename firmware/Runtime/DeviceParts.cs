using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>The parts that every application works with, built once and bound to each other.</summary>
    public sealed class DeviceParts
    {
        /// <summary>Binds the parts; touches no hardware.</summary>
        /// <param name="bus">The sensor's registers.</param>
        /// <param name="clock">The host's time.</param>
        /// <param name="power">The host's sleeps.</param>
        /// <param name="sink">Takes the log.</param>
        /// <param name="transformer">The model; may be null where samples are collected.</param>
        /// <param name="firmware">Name and version in the log's head.</param>
        /// <param name="settings">The application's settings.</param>
        public DeviceParts(
            IRegisterBus bus,
            IClock clock,
            IPower power,
            ILineSink sink,
            Transformer transformer,
            string firmware,
            ApplicationSettings settings)
        {
            Bus = bus;
            Power = power;
            Settings = settings;
            Transformer = transformer;
            Model = transformer == null ? SensorFormat.At(settings.Collect.RateMillihertz) : transformer.Info;
            Clock = new ResumableClock(clock);
            Sensor = new Mpu6050(bus, Clock, new Mpu6050Settings { SampleRateHertz = settings.SensorRateHertz });
            Log = new InferenceLog(sink, Clock, firmware, settings.LinesBetweenHeads);
            if (transformer != null)
            {
                Log.Describe(Model);
            }

            Ledger = new EnergyLedger(Clock.Microseconds);
            Pauses = new LightSleep(Clock, Ledger);
            Link = new SensorLink(Sensor, Pauses, Log, settings, Control);
        }

        /// <summary>The sensor's registers.</summary>
        public IRegisterBus Bus { get; }

        /// <summary>The device's time, which goes on over deep sleeps.</summary>
        public ResumableClock Clock { get; }

        /// <summary>The host's sleeps.</summary>
        public IPower Power { get; }

        /// <summary>The application's settings.</summary>
        public ApplicationSettings Settings { get; }

        /// <summary>The model; null where samples are collected without one.</summary>
        public Transformer Transformer { get; }

        /// <summary>What the model says about itself; without a model the input part alone.</summary>
        public ModelInfo Model { get; }

        /// <summary>The wish to stop.</summary>
        public RunControl Control { get; } = new RunControl();

        /// <summary>The sensor.</summary>
        public Mpu6050 Sensor { get; }

        /// <summary>The log.</summary>
        public InferenceLog Log { get; }

        /// <summary>Where the time goes.</summary>
        public EnergyLedger Ledger { get; }

        /// <summary>The clock whose sleeps are booked as light sleep.</summary>
        public LightSleep Pauses { get; }

        /// <summary>Keeps the sensor reachable.</summary>
        public SensorLink Link { get; }

        /// <summary>Writes the sleep record: where the time went since the last one.</summary>
        public void LogPeriod()
        {
            Ledger.Enter(PowerState.Run, Clock.Microseconds);
            Log.Sleep(Ledger);
        }
    }
}
