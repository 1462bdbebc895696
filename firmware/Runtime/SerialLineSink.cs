using System;
using System.IO;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Opens a serial port for writing; throws when it cannot.</summary>
    public delegate Stream PortOpener();

    /// <summary>Writes lines to a serial port. What cannot be written is dropped, and shows as a missing record.</summary>
    /// <remarks>The port is opened with the first line. One that cannot be opened is tried again, at most every ten seconds.</remarks>
    public sealed class SerialLineSink : ILineSink
    {
        /// <summary>Bits per second of the log.</summary>
        public const int BaudRate = 115200;

        private const long RetryMicroseconds = 10000000;
        private const long BitsPerByte = 10;
        private const int DrainStepMilliseconds = 5; // too short for any board to sleep

        private readonly PortOpener _open;
        private readonly IClock _clock;
        private readonly bool _sleepStopsPort;
        private Stream _port;
        private long _nextTry;

        /// <summary>Uses a port when it is needed.</summary>
        /// <param name="open">Opens it.</param>
        /// <param name="clock">The board's time.</param>
        /// <param name="sleepStopsPort">Whether a line is waited for until it has left, see <see cref="IBoard.SleepStopsSerialPort"/>.</param>
        public SerialLineSink(PortOpener open, IClock clock, bool sleepStopsPort)
        {
            _open = open;
            _clock = clock;
            _sleepStopsPort = sleepStopsPort;
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
                return;
            }

            if (_sleepStopsPort)
            {
                Drain(count);
            }
        }

        // nanoFramework does not tell when a port is empty.
        private void Drain(int count)
        {
            long end = _clock.Microseconds + ((count + 1) * BitsPerByte * 1000000 / BaudRate);
            while (_clock.Microseconds < end)
            {
                _clock.Sleep(DrainStepMilliseconds);
            }
        }

        private bool TryOpen()
        {
            if (_clock.Microseconds < _nextTry)
            {
                return false;
            }

            _nextTry = _clock.Microseconds + RetryMicroseconds;
            _port = _open();
            return true;
        }
    }
}
