using System;
using System.IO.Ports;

namespace NanoFormer.Runtime
{
    /// <summary>Writes lines to a serial port; what cannot be written of a line is dropped, and shows as a missing record.</summary>
    public sealed class SerialLineSink : ILineSink
    {
        private readonly SerialPort _port;
        private readonly byte[] _bytes = new byte[256];

        /// <summary>Uses an open port; the caller keeps owning it and sets its write timeout.</summary>
        public SerialLineSink(SerialPort port)
        {
            _port = port;
        }

        /// <inheritdoc/>
        public void WriteLine(string line)
        {
            try
            {
                int count = 0;
                for (int i = 0; i < line.Length; i++)
                {
                    count = Put(line[i], count);
                }

                count = Put('\r', count);
                count = Put('\n', count);
                _port.Write(_bytes, 0, count);
            }
            catch (Exception)
            {
                // The type differs between the runtimes, and a log without a reader must not stop the device.
            }
        }

        // Sends the buffer off when it is full; the result is how much it holds then.
        private int Put(char c, int count)
        {
            if (count == _bytes.Length)
            {
                _port.Write(_bytes, 0, count);
                count = 0;
            }

            _bytes[count] = (byte)c;
            return count + 1;
        }
    }
}
