using System;

namespace NanoFormer.Interop
{
    /// <summary>
    /// The native path from the sensor to the model's window: bursts from the FIFO into a ring, decoded, resampled to the model's rate and
    /// scale, windowed, without managed code. A thread waits for a window and hands it to a <see cref="Transformer"/> where it lies.
    /// </summary>
    /// <remarks>
    /// The sensor must have been set up. While the capture runs, the sensor's bus and interrupt pin belong to it. One can be open at a
    /// time. On .NET an <c>ICaptureSource</c> stands for the native side.
    /// </remarks>
    public sealed class Capture : IDisposable
    {
        private bool _isDisposed;

#if NANOFRAMEWORK_1_0
        // A restart of the CLR leaves the firmware's capture running.
        static Capture()
        {
            NativeCapture.Close();
        }

        /// <summary>Takes the sensor's bus and interrupt pin.</summary>
        /// <exception cref="ArgumentNullException">The settings, or their channels, are missing.</exception>
        /// <exception cref="ArgumentException">A setting is out of range.</exception>
        /// <exception cref="OutOfMemoryException">Ring or window do not fit into the firmware's memory for them.</exception>
        /// <exception cref="InvalidOperationException">A capture is open, or bus or pin are in use.</exception>
        /// <exception cref="NotSupportedException">The firmware has no capture.</exception>
        public Capture(CaptureSettings settings)
        {
            if (settings == null)
            {
                throw new ArgumentNullException(nameof(settings));
            }

            NativeCapture.Open(settings.ToNumbers(), settings.ChannelNumbers());
        }
#else
        private readonly ICaptureSource _source;

        /// <summary>Captures from a source, and owns it.</summary>
        public Capture(ICaptureSource source)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
        }

        /// <summary>The full window, [windowSamples * channels], as engines of .NET take it.</summary>
        internal short[] Window
        {
            get
            {
                if (Facts.Event != CaptureEvent.Window)
                {
                    throw new InvalidOperationException("No window is full.");
                }

                return _source.Window;
            }
        }
#endif

        /// <summary>What the last <see cref="Wait"/> found; the same object each time.</summary>
        public CaptureFacts Facts { get; } = new CaptureFacts();

        /// <summary>Begins: what the ring held is forgotten, and the FIFO is emptied. The bias of the rotations stays.</summary>
        /// <exception cref="InvalidOperationException">It runs already, or the bus could not be claimed.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void Start()
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            NativeCapture.Start();
#else
            _source.Start();
#endif
        }

        /// <summary>Ends after the burst in flight. Further waits of no length tell what the ring holds, and then the last gap.</summary>
        /// <exception cref="InvalidOperationException">It does not run.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void Stop()
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            NativeCapture.Stop();
#else
            _source.Stop();
#endif
        }

        /// <summary>Blocks this thread, and no other, until there is something to do; the host may sleep lightly meanwhile.</summary>
        /// <param name="milliseconds">Longest time to wait, 0 for none.</param>
        /// <exception cref="ArgumentOutOfRangeException">The time is below 0.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public CaptureEvent Wait(int milliseconds)
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            return (CaptureEvent)NativeCapture.Wait(milliseconds, Facts.Numbers);
#else
            return _source.Wait(milliseconds, Facts.Numbers);
#endif
        }

        /// <summary>Copies samples of the window, in raw model steps: to log them, not to run a model.</summary>
        /// <param name="sample">The first sample to copy, below <see cref="CaptureFacts.Held"/>.</param>
        /// <param name="destination">Takes [count * channels] values from its start on.</param>
        /// <param name="count">Samples to copy.</param>
        /// <exception cref="ArgumentNullException">There is no destination.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The samples are not within the window or the destination.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void CopyWindow(int sample, short[] destination, int count)
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            NativeCapture.CopyWindow(sample, destination, count);
#else
            ArgumentNullException.ThrowIfNull(destination);
            ArgumentOutOfRangeException.ThrowIfNegative(sample);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Facts.Held - sample);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count * _source.ChannelCount, destination.Length);
            Array.Copy(_source.Window, sample * _source.ChannelCount, destination, 0, count * _source.ChannelCount);
#endif
        }

        /// <summary>Reads the bias of the three rotations in sensor steps, rounded; [3].</summary>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void GetBias(int[] bias)
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            NativeCapture.GetBias(bias);
#else
            _source.GetBias(bias);
#endif
        }

        /// <summary>Starts from a bias known from before, in sensor steps; [3].</summary>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void SetBias(int[] bias)
        {
            ThrowIfDisposed();
#if NANOFRAMEWORK_1_0
            NativeCapture.SetBias(bias);
#else
            _source.SetBias(bias);
#endif
        }

        /// <summary>Sums since the start.</summary>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public CaptureTotals GetTotals()
        {
            ThrowIfDisposed();
            long[] numbers = new long[CaptureTotals.Count];
#if NANOFRAMEWORK_1_0
            NativeCapture.GetTotals(numbers);
#else
            _source.GetTotals(numbers);
#endif
            return new CaptureTotals(numbers);
        }

        /// <summary>Ends capturing, and gives bus and interrupt pin back.</summary>
        public void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
#if NANOFRAMEWORK_1_0
            NativeCapture.Close();
#else
            _source.Dispose();
#endif
        }

        // Another capture may be open by now, so it is not the firmware that knows.
        private void ThrowIfDisposed()
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(Capture));
            }
        }
    }
}
