using System;
using System.IO.Ports;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Writes lines to a serial port. What cannot be written is dropped, and shows as a missing record.</summary>
    /// <remarks>The port is opened with the first line. One that cannot be opened is tried again, at most every ten seconds.</remarks>
    public sealed class SerialLineSink : ILineSink
    {
        private const int BaudRate = 115200;
        private const int WriteTimeoutMilliseconds = 500;
        private const long RetryMicroseconds = 10000000;

        private readonly string _name;
        private readonly IClock _clock;
        private SerialPort _port;
        private long _nextTry;

        /// <summary>Uses a port by its name, when it is needed.</summary>
        public SerialLineSink(string name, IClock clock)
        {
            _name = name;
            _clock = clock;
            _nextTry = clock.Microseconds;
        }

        /// <inheritdoc/>
        public void WriteLine(byte[] line, int count)
        {
            // The type of the failure differs between the runtimes, and a log without a reader must not stop the device.
            try
            {
                if (_port == null && !TryOpen())
                {
                    return;
                }

                _port.Write(line, 0, count);
            }
            catch (Exception)
            {
            }
        }

        private bool TryOpen()
        {
            if (_clock.Microseconds < _nextTry)
            {
                return false;
            }

            _nextTry = _clock.Microseconds + RetryMicroseconds;
            var port = new SerialPort(_name, BaudRate);
            port.WriteTimeout = WriteTimeoutMilliseconds;
            try
            {
                port.Open();
            }
            catch (Exception)
            {
                port.Dispose();
                return false;
            }

            _port = port;
            return true;
        }
    }
}
