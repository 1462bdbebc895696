using System;
using System.Device.Gpio;
using System.Device.I2c;
using System.IO.Ports;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Runs an application on real hardware: a nanoFramework board, or a Linux single-board computer with .NET.</summary>
    public sealed class DeviceHost
    {
        private const int SensorAddress = 0x68; // AD0 low
        private const int BaudRate = 115200;
        private const int WriteTimeoutMilliseconds = 500;
        private const int RestartMilliseconds = 60000;

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
        }

        /// <summary>Runs for ever; what keeps the application from starting is logged and tried again once a minute.</summary>
        public void RunForEver()
        {
            _board.AssignPins();
            IClock clock = _board.CreateClock();
            SerialPort port = new SerialPort(_board.SerialPort, BaudRate);
            port.WriteTimeout = WriteTimeoutMilliseconds;
            port.Open();
            SerialLineSink sink = new SerialLineSink(port);
            while (true)
            {
                Start(clock, sink);
                clock.Sleep(RestartMilliseconds);
                _settings.ResetCause = "retry";
            }
        }

        private void Start(IClock clock, ILineSink sink)
        {
            try
            {
                using (I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(_board.I2cBus, SensorAddress)))
                using (GpioController pins = new GpioController())
                {
                    IPower power = _board.CreatePower(pins);
                    using (power as IDisposable)
                    {
                        Run(new BoardAccess(new I2cRegisterBus(device), clock, power, sink, pins));
                    }
                }
            }
            catch (Exception e)
            {
                LogFailure(clock, sink, e);
            }
        }

        private void Run(BoardAccess board)
        {
            try
            {
                using (Transformer transformer = OpenModel(board))
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

        private void LogFailure(IClock clock, ILineSink sink, Exception failure)
        {
            new InferenceLog(sink, clock, _firmware, _settings.LinesBetweenHeads).Error(TransformerException.NameOf(failure), "start");
        }
    }
}
