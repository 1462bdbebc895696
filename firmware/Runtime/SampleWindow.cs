using System;

namespace NanoFormer.Runtime
{
    /// <summary>Collects samples into overlapping windows, in one array that the engine reads in place.</summary>
    /// <remarks>
    ///   Samples: |&lt;--- hop ---&gt;|&lt;------- kept by Advance -------&gt;|     the next window needs hop samples more
    /// A window never spans a gap: <see cref="Restart"/> drops what was collected.
    /// </remarks>
    public sealed class SampleWindow
    {
        private readonly int _hopValues;
        private readonly int _channels;
        private int _filled;

        /// <summary>Sets the shape up.</summary>
        /// <param name="windowSamples">Samples in a window, at least 1.</param>
        /// <param name="hopSamples">Samples between the starts of two windows, 1..windowSamples.</param>
        /// <param name="channels">Values in a sample, at least 1.</param>
        public SampleWindow(int windowSamples, int hopSamples, int channels)
        {
            if (windowSamples < 1 || hopSamples < 1 || hopSamples > windowSamples || channels < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(hopSamples));
            }

            _hopValues = hopSamples * channels;
            _channels = channels;
            Samples = new short[windowSamples * channels];
        }

        /// <summary>The window, [windowSamples][channels]; whole while <see cref="IsFull"/>.</summary>
        public short[] Samples { get; }

        /// <summary>True when a window is complete; the next sample needs <see cref="Advance"/> or <see cref="Restart"/> first.</summary>
        public bool IsFull
        {
            get { return _filled == Samples.Length; }
        }

        /// <summary>Adds the sample at the start of <paramref name="sample"/>.</summary>
        public void Add(short[] sample)
        {
            Array.Copy(sample, 0, Samples, _filled, _channels);
            _filled += _channels;
        }

        /// <summary>Moves a full window on by one hop.</summary>
        public void Advance()
        {
            _filled = Samples.Length - _hopValues;
            Array.Copy(Samples, _hopValues, Samples, 0, _filled);
        }

        /// <summary>Drops everything, as after a gap.</summary>
        public void Restart()
        {
            _filled = 0;
        }
    }
}
