using System;
using System.IO.Ports;

namespace NanoFormer.Runtime
{
    /// <summary>Writes lines to a serial port; a line that cannot be written is dropped and shows as a missing sequence number.</summary>
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
            int length = line.Length < _bytes.Length - 2 ? line.Length : _bytes.Length - 2;
            for (int i = 0; i < length; i++)
            {
                _bytes[i] = (byte)line[i];
            }

            _bytes[length] = (byte)'\r';
            _bytes[length + 1] = (byte)'\n';
            try
            {
                _port.Write(_bytes, 0, length + 2);
            }
            catch (Exception)
            {
                // The type differs between the runtimes, and a log without a reader must not stop the device.
            }
        }
    }
}
