using System;
using System.Device.Gpio;
using System.Device.I2c;
using System.IO.Ports;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
#if !NANOFRAMEWORK_1_0
using System.IO;
#endif

namespace NanoFormer.Wearable
{
    /// <summary>The wearable on real hardware: a nanoFramework board, or a Linux single-board computer with .NET.</summary>
    public static class Program
    {
        private const int RestartMilliseconds = 60000;

        /// <summary>Runs for ever; what keeps it from starting is logged and tried again once a minute.</summary>
        public static void Main()
        {
            HardwareClock clock = new HardwareClock();
            SerialPort port = new SerialPort(BoardWiring.SerialPort, BoardWiring.BaudRate);
            port.WriteTimeout = BoardWiring.WriteTimeoutMilliseconds;
            port.Open();
            SerialLineSink sink = new SerialLineSink(port);
            WearableSettings settings = new WearableSettings();
            while (true)
            {
                Start(clock, sink, settings);
                clock.Sleep(RestartMilliseconds);
                settings.ResetCause = "retry";
            }
        }

        private static void Start(IClock clock, ILineSink sink, WearableSettings settings)
        {
            try
            {
                using (I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(BoardWiring.I2cBus, BoardWiring.SensorAddress)))
                using (GpioController pins = new GpioController())
                using (PinPower power = new PinPower(pins, BoardWiring.InterruptPin))
                {
                    Recognize(new I2cRegisterBus(device), clock, power, sink, settings);
                }
            }
            catch (Exception e)
            {
                LogFailure(clock, sink, settings, e);
            }
        }

        private static void Recognize(IRegisterBus bus, IClock clock, IPower power, ILineSink sink, WearableSettings settings)
        {
            try
            {
                using (Transformer transformer = OpenModel())
                {
                    new WearableApplication(bus, clock, power, sink, transformer, settings).Run(0);
                }
            }
            catch (Exception e)
            {
                LogFailure(clock, sink, settings, e);
            }
        }

        private static void LogFailure(IClock clock, ILineSink sink, WearableSettings settings, Exception failure)
        {
            new InferenceLog(sink, clock, WearableApplication.Firmware, settings.LinesBetweenHeads)
                .Error(TransformerException.NameOf(failure), "start");
        }

        private static Transformer OpenModel()
        {
#if NANOFRAMEWORK_1_0
            return new Transformer(0);
#else
            return new Transformer(new HostEngine(File.ReadAllBytes(Environment.GetEnvironmentVariable(BoardWiring.ModelVariable))));
#endif
        }
    }
}
