using System;
using System.Device.Gpio;
using System.IO.Ports;
using NanoFormer.Sensors;

namespace NanoFormer.Mlperf
{
    /// <summary>A serial port, the board's clock and, in energy mode, a pin.</summary>
    internal sealed class SerialBenchmarkPort : IBenchmarkPort, IDisposable
    {
        private const int PollMilliseconds = 1;
        private const int LowMilliseconds = 1; // the runner's filter swallows what is shorter than 50 us

        private readonly SerialPort _port;
        private readonly IClock _clock;
        private readonly GpioController _pins;
        private readonly int _pin;

        internal SerialBenchmarkPort(string name, BenchmarkSettings settings, int markerPin, IClock clock)
        {
            _clock = clock;
            _pin = markerPin;
            IsEnergyMode = settings.IsEnergyMode;
            _port = new SerialPort(name, settings.BaudRate);
            _port.Open();
            if (IsEnergyMode)
            {
                _pins = new GpioController();
                _pins.OpenPin(_pin, PinMode.Output);
                _pins.Write(_pin, PinValue.High);
            }
        }

        /// <inheritdoc/>
        public bool IsEnergyMode { get; }

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return _clock.Microseconds; }
        }

        /// <inheritdoc/>
        public void Write(byte[] bytes, int count)
        {
            _port.Write(bytes, 0, count);
        }

        /// <inheritdoc/>
        public void Edge()
        {
            _pins.Write(_pin, PinValue.Low);
            _clock.Sleep(LowMilliseconds);
            _pins.Write(_pin, PinValue.High);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_pins != null)
            {
                _pins.Dispose();
            }

            _port.Dispose();
        }

        // A read of more than has come would wait for the rest, on nanoFramework.
        internal int Read(byte[] buffer)
        {
            int count = _port.BytesToRead;
            if (count == 0)
            {
                _clock.Sleep(PollMilliseconds);
                return 0;
            }

            return _port.Read(buffer, 0, count < buffer.Length ? count : buffer.Length);
        }
    }
}
