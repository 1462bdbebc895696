#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>A capture source of .NET behind the same argument checks as the capture inside nanoCLR.</summary>
    internal sealed class CaptureSession : IDisposable
    {
        private readonly ICaptureSource _source;
        private bool _isDisposed;

        internal CaptureSession(ICaptureSource source)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
        }

        internal void Start()
        {
            ThrowIfDisposed();
            _source.Start();
        }

        internal void Stop()
        {
            ThrowIfDisposed();
            _source.Stop();
        }

        internal int Wait(int milliseconds)
        {
            ThrowIfDisposed();
            ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
            return _source.Wait(milliseconds);
        }

        internal void Read(short[] samples, int offset, int count, long[] chunk)
        {
            ThrowIfDisposed();
            ArgumentNullException.ThrowIfNull(samples);
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, samples.Length - offset);
            _source.Read(samples, offset, count, chunk);
        }

        internal void GetTotals(long[] numbers)
        {
            ThrowIfDisposed();
            _source.GetTotals(numbers);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isDisposed = true;
            _source.Dispose();
        }

        private void ThrowIfDisposed()
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Capture));
        }
    }
}
#endif
