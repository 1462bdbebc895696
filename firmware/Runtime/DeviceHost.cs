using System;
using System.Device.Gpio;
using System.Device.I2c;
using System.IO;
using System.IO.Ports;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Runs an application on real hardware: a nanoFramework board, or a Linux single-board computer with .NET.</summary>
    public sealed class DeviceHost
    {
        private const int RestartMilliseconds = 60000;
        private const int WriteTimeoutMilliseconds = 500;

        private readonly IBoard _board;
        private readonly string _firmware;
        private readonly ApplicationSettings _settings;
        private readonly ApplicationMain _main;

        /// <summary>Binds an application to a board; touches no hardware.</summary>
        /// <param name="board">The board.</param>
        /// <param name="firmware">Name and version in the log's head.</param>
        /// <param name="settings">The application's settings.</param>
        /// <param name="main">The application.</param>
        public DeviceHost(IBoard board, string firmware, ApplicationSettings settings, ApplicationMain main)
        {
            _board = board;
            _firmware = firmware;
            _settings = settings;
            _main = main;
            if (settings.DeviceId == null)
            {
                settings.DeviceId = board.DeviceId;
            }
        }

        // Where the sensor is.
        private I2cConnectionSettings Connection
        {
            get { return new I2cConnectionSettings(_board.I2cBus, _settings.SensorAddress); }
        }

        /// <summary>Runs forever; what keeps the application from starting is logged and tried again once per minute.</summary>
        public void RunForEver()
        {
            _board.AssignPins();
            var clock = _board.CreateClock();
            ILineSink sink = new SerialLineSink(OpenPort, clock, _board.SleepStopsSerialPort);
            while (true)
            {
                Start(clock, sink);
                clock.Sleep(RestartMilliseconds);
                _settings.ResetCause = "retry";
            }
        }

        private Stream OpenPort()
        {
            var port = new SerialPort(_board.SerialPort, SerialLineSink.BaudRate);
            try
            {
                port.WriteTimeout = WriteTimeoutMilliseconds;
                port.Open();
                return port.BaseStream;
            }
            catch (Exception)
            {
                port.Dispose();
                throw;
            }
        }

        private void Start(IClock clock, ILineSink sink)
        {
            try
            {
                using (var device = I2cDevice.Create(Connection))
                using (var pins = new GpioController())
                {
                    IRegisterBus bus = new I2cRegisterBus(device);
                    var power = _board.CreatePower(pins);
                    using (power as IDisposable)
                    {
                        Run(new BoardAccess
                        {
                            Bus = bus,
                            OpenCapture = settings => OpenCapture(settings, bus, clock),
                            Clock = clock,
                            Power = power,
                            Sink = sink,
                            Store = _board.Store,
                            Pins = pins,
                            Phases = OpenPhases(pins),
                        });
                    }
                }
            }
            catch (Exception e)
            {
                LogFailure(clock, sink, e);
            }
        }

        private IPhaseMarker OpenPhases(GpioController pins)
        {
            return _settings.ManagedPin == PhasePins.None && _settings.CapturePin == PhasePins.None
                ? null
                : new PhasePins(pins, _settings.ManagedPin, _settings.CapturePin);
        }

        private void Run(BoardAccess board)
        {
            try
            {
                using (var transformer = OpenModel(board))
                {
                    _main(board, transformer);
                }
            }
            catch (Exception e)
            {
                LogFailure(board.Clock, board.Sink, e);
            }
        }

        // Samples can be collected before there is a model.
        private Transformer OpenModel(BoardAccess board)
        {
            try
            {
                return _board.OpenModel();
            }
            catch (Exception e)
            {
                if (_settings.Collect == null)
                {
                    throw;
                }

                LogFailure(board.Clock, board.Sink, e);
                return null;
            }
        }

        private Capture OpenCapture(CaptureSettings settings, IRegisterBus bus, IClock clock)
        {
            settings.Bus = _board.I2cBus;
            settings.Address = bus.Address;
            settings.InterruptPin = _board.InterruptPin;
#if NANOFRAMEWORK_1_0
            return new Capture(settings);
#else
            return new Capture(new HostCapture(settings, new BusCapturePort(bus, clock)));
#endif
        }

        private void LogFailure(IClock clock, ILineSink sink, Exception failure)
        {
            var log = new InferenceLog(sink, clock, _firmware, _settings.LinesBetweenHeads);
            log.Identify(_settings.DeviceId);
            log.Error(TransformerException.NameOf(failure), "start");
        }
    }
}
