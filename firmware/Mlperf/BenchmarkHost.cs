using System;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Mlperf
{
    /// <summary>Runs the device under test on a board: its model behind its log's serial port.</summary>
    public sealed class BenchmarkHost
    {
        private const int BufferBytes = 256;
        private const int RetryMilliseconds = 10000;

        private readonly IBoard _board;
        private readonly BenchmarkSettings _settings;
        private readonly RunControl _control = new RunControl();

        /// <summary>Binds the board; touches no hardware.</summary>
        public BenchmarkHost(IBoard board, BenchmarkSettings settings)
        {
            _board = board;
            _settings = settings;
        }

        /// <summary>Asks <see cref="Run"/> to end.</summary>
        public void Stop()
        {
            _control.IsStopped = true;
        }

        /// <summary>Runs until <see cref="Stop"/>. A model that cannot be used is told to the host, and tried again every ten seconds.</summary>
        public void Run()
        {
            _board.AssignPins();
            var clock = _board.CreateClock();
            int pin = _settings.MarkerPin == BenchmarkSettings.BoardsOwn ? _board.SwitchPin : _settings.MarkerPin;
            using (var port = new SerialBenchmarkPort(_board.SerialPort, _settings, pin, clock))
            {
                while (!_control.IsStopped)
                {
                    Serve(port);
                    if (!_control.IsStopped)
                    {
                        clock.Sleep(RetryMilliseconds);
                    }
                }
            }
        }

        private void Serve(SerialBenchmarkPort port)
        {
            try
            {
                using (var transformer = _board.OpenModel())
                {
                    Serve(port, new DeviceUnderTest(new TransformerModel(transformer), port, _settings.Vendor));
                }
            }
            catch (Exception e)
            {
                Refuse(port, TransformerException.NameOf(e));
            }
        }

        private void Serve(SerialBenchmarkPort port, DeviceUnderTest device)
        {
            byte[] buffer = new byte[BufferBytes];
            device.Boot();
            while (!_control.IsStopped)
            {
                device.Take(buffer, port.Read(buffer));
            }
        }

        private static void Refuse(SerialBenchmarkPort port, string name)
        {
            string text = "e-[" + name + "]\r\n";
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            port.Write(bytes, bytes.Length);
        }
    }
}
