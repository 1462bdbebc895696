using System;

namespace NanoFormer.Interop
{
    /// <summary>
    /// Samples of an inertial sensor, brought into a ring by the firmware, by DMA and without managed code, and read hop by hop. The
    /// sensor must have been set up; while the capture is open its bus and interrupt pin belong to it. One can be open at a time.
    /// </summary>
    public sealed class Capture : IDisposable
    {
        private readonly CaptureSession _session;
        private readonly long[] _chunk = new long[CaptureChunk.Count];

#if NANOFRAMEWORK_1_0
        /// <summary>Takes the sensor's bus and interrupt pin.</summary>
        /// <exception cref="ArgumentNullException">The settings, or their channels, are missing.</exception>
        /// <exception cref="ArgumentException">A setting is out of range, or a hop does not fit into the firmware's ring.</exception>
        /// <exception cref="InvalidOperationException">A capture is open, or bus or pin are in use.</exception>
        /// <exception cref="NotSupportedException">The firmware has no capture.</exception>
        public Capture(CaptureSettings settings)
        {
            _session = new CaptureSession(settings);
        }
#else
        /// <summary>Reads from a source, and owns it.</summary>
        public Capture(ICaptureSource source)
        {
            _session = new CaptureSession(source);
        }
#endif

        /// <summary>Begins: what the ring held is forgotten, sample 0 is the first one from now on.</summary>
        /// <exception cref="InvalidOperationException">It runs already, or the bus could not be claimed.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void Start()
        {
            _session.Start();
        }

        /// <summary>Ends after the burst in flight. What the ring holds can still be read.</summary>
        /// <exception cref="InvalidOperationException">It does not run.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public void Stop()
        {
            _session.Stop();
        }

        /// <summary>Blocks this thread, and no other, until a hop has gathered since the last wait or the ring is full.</summary>
        /// <param name="milliseconds">Longest time to wait, 0 for none.</param>
        /// <returns>Samples that wait to be read.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The time is below 0.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public int Wait(int milliseconds)
        {
            return _session.Wait(milliseconds);
        }

        /// <summary>Reads the oldest samples: as many as wait and fit, and none beyond the next gap. Returns at once.</summary>
        /// <param name="samples">Raw model steps, sample after sample.</param>
        /// <param name="offset">Index of the first value to write.</param>
        /// <param name="count">Values that may be written, at least one sample's.</param>
        /// <param name="chunk">What was read, and what was lost before it.</param>
        /// <returns>Samples read.</returns>
        /// <exception cref="ArgumentNullException">The array or the chunk is missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The values are not within <paramref name="samples"/>.</exception>
        /// <exception cref="ArgumentException">There is no room for a sample.</exception>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public int Read(short[] samples, int offset, int count, CaptureChunk chunk)
        {
            if (chunk == null)
            {
                throw new ArgumentNullException(nameof(chunk));
            }

            _session.Read(samples, offset, count, _chunk);
            chunk.Set(_chunk);
            return chunk.Samples;
        }

        /// <summary>Sums since the start.</summary>
        /// <exception cref="ObjectDisposedException">The capture was disposed.</exception>
        public CaptureTotals GetTotals()
        {
            long[] numbers = new long[CaptureTotals.Count];
            _session.GetTotals(numbers);
            return new CaptureTotals(numbers);
        }

        /// <summary>Ends capturing, and gives bus and interrupt pin back.</summary>
        public void Dispose()
        {
            _session.Dispose();
        }
    }
}
