#if NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>The capture inside nanoCLR, which checks the arguments.</summary>
    internal sealed class CaptureSession : IDisposable
    {
        private readonly long[] _facts = new long[NativeCapture.FactCount];
        private bool _isDisposed;

        // A restart of the CLR leaves the firmware's capture running.
        static CaptureSession()
        {
            NativeCapture.Close();
        }

        internal CaptureSession(CaptureSettings settings)
        {
            if (settings == null)
            {
                throw new ArgumentNullException(nameof(settings));
            }

            NativeCapture.Open(NumbersOf(settings), ChannelsOf(settings.ChannelWords));
        }

        internal void Start()
        {
            ThrowIfDisposed();
            NativeCapture.Start();
        }

        internal void Stop()
        {
            ThrowIfDisposed();
            NativeCapture.Stop();
        }

        internal int Wait(int milliseconds)
        {
            ThrowIfDisposed();
            NativeCapture.Wait(milliseconds, _facts);
            return (int)_facts[2];
        }

        internal void Read(short[] samples, int offset, int count, long[] chunk)
        {
            ThrowIfDisposed();
            if (offset != 0)
            {
                throw new NotSupportedException();
            }

            NativeCapture.CopyWindow(0, samples, (int)_facts[2]);
            chunk[3] = _facts[2];
            chunk[4] = _facts[7];
            chunk[5] = _facts[8];
            chunk[6] = _facts[9];
        }

        internal void GetTotals(long[] numbers)
        {
            ThrowIfDisposed();
            NativeCapture.GetTotals(numbers);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            NativeCapture.Close();
        }

        // Another capture may be open by now, so it is not the firmware that knows.
        private void ThrowIfDisposed()
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(Capture));
            }
        }

        // The order that the firmware expects: windows without overlap, of raw sensor values.
        private static int[] NumbersOf(CaptureSettings settings)
        {
            int period = (settings.ShortestPeriodMicroseconds + settings.LongestPeriodMicroseconds) * 500;
            return new int[]
            {
                settings.IsSpi ? 1 : 0,
                settings.Bus,
                settings.Address,
                settings.InterruptPin,
                settings.BusHertz,
                settings.IsWatermark ? 1 : 0,
                settings.SampleBytes,
                settings.SampleBytes / 2,
                0,
                settings.DataRegister,
                settings.FifoBytes,
                settings.CountRegister,
                settings.FlushRegister,
                settings.FlushValue,
                settings.BurstSamples,
                0,
                settings.ShortestPeriodMicroseconds,
                settings.LongestPeriodMicroseconds,
                -1,
                settings.HopSamples,
                settings.HopSamples,
                period,
                period,
            };
        }

        private static int[] ChannelsOf(byte[] words)
        {
            int[] channels = new int[3 * words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                channels[3 * i] = words[i];
                channels[(3 * i) + 1] = 1 << 16;
            }

            return channels;
        }
    }
}
#endif
