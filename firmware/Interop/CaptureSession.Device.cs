#if NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>The capture inside nanoCLR, which checks the arguments.</summary>
    internal sealed class CaptureSession : IDisposable
    {
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

            NativeCapture.Open(NumbersOf(settings), settings.ChannelWords);
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
            return NativeCapture.Wait(milliseconds);
        }

        internal void Read(short[] samples, int offset, int count, long[] chunk)
        {
            ThrowIfDisposed();
            NativeCapture.Read(samples, offset, count, chunk);
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

        // The order that the firmware expects.
        private static int[] NumbersOf(CaptureSettings settings)
        {
            return new int[]
            {
                settings.IsSpi ? 1 : 0,
                settings.Bus,
                settings.Address,
                settings.InterruptPin,
                settings.BusHertz,
                settings.IsWatermark ? 1 : 0,
                settings.SampleBytes,
                settings.DataRegister,
                settings.FifoBytes,
                settings.CountRegister,
                settings.FlushRegister,
                settings.FlushValue,
                settings.BurstSamples,
                settings.HopSamples,
                settings.ShortestPeriodMicroseconds,
                settings.LongestPeriodMicroseconds,
            };
        }
    }
}
#endif
