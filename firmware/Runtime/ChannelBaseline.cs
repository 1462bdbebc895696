using System;

namespace NanoFormer.Runtime
{
    /// <summary>What is usual on every channel of one installation: makes the samples of all installations alike.</summary>
    /// <remarks>
    /// A sample becomes its distance from the channel's median, in steps of 1/256 of the channel's spread: the distance between the
    /// deciles, divided by 2.56, which is the standard deviation of normally distributed values, and is not moved by a few wild ones.
    /// </remarks>
    public sealed class ChannelBaseline
    {
        /// <summary>Steps that make a spread.</summary>
        public const int StepsPerSpread = 256;

        /// <summary>Fewest samples to learn from.</summary>
        public const int FewestSamples = 10;

        private const int FactorBits = 16;
        private const int HundredfoldDeciles = 256; // the deciles are 2.56 spreads apart
        private const long StepsPerHundredfold = ((long)StepsPerSpread * HundredfoldDeciles) << FactorBits;

        private readonly int[] _centres;
        private readonly int[] _ranges; // between the deciles, a hundredfold
        private readonly long[] _factors;

        /// <summary>Learns from samples of normal operation.</summary>
        /// <param name="samples">[count][channels] raw values.</param>
        /// <param name="count">How many of the samples, at least <see cref="FewestSamples"/>.</param>
        /// <param name="channels">Values in a sample.</param>
        /// <param name="smallestSpreads">[channels] raw steps that every spread has at least, up to 65535; empty for none.</param>
        /// <exception cref="ArgumentOutOfRangeException">
        /// The samples are too few, or fewer than <paramref name="count"/> says; or the smallest spreads are not one per channel.
        /// </exception>
        public ChannelBaseline(short[] samples, int count, int channels, int[] smallestSpreads)
            : this(channels)
        {
            if (count < FewestSamples || samples.Length / channels < count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            if (smallestSpreads.Length != 0 && smallestSpreads.Length != channels)
            {
                throw new ArgumentOutOfRangeException(nameof(smallestSpreads));
            }

            short[] sorted = new short[count];
            for (int channel = 0; channel < channels; channel++)
            {
                Sort(samples, channel, channels, sorted);
                Learn(channel, sorted, smallestSpreads.Length == 0 ? 0 : smallestSpreads[channel]);
            }
        }

        /// <summary>Takes up what was learnt earlier.</summary>
        /// <param name="numbers">[channels][2] as <see cref="ToNumbers"/> gave them.</param>
        /// <exception cref="ArgumentOutOfRangeException">They are not what it gives.</exception>
        public ChannelBaseline(int[] numbers)
            : this(numbers.Length / 2)
        {
            for (int channel = 0; channel < _centres.Length; channel++)
            {
                int range = numbers[(2 * channel) + 1];
                if (numbers.Length % 2 != 0 || range < 1)
                {
                    throw new ArgumentOutOfRangeException(nameof(numbers));
                }

                Set(channel, numbers[2 * channel], range);
            }
        }

        private ChannelBaseline(int channels)
        {
            if (channels < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(channels));
            }

            _centres = new int[channels];
            _ranges = new int[channels];
            _factors = new long[channels];
        }

        /// <summary>Values in a sample.</summary>
        public int ChannelCount
        {
            get { return _centres.Length; }
        }

        /// <summary>All that was learnt, to be kept over a restart: [channels][2] median, and a hundred times the deciles' distance.</summary>
        public int[] ToNumbers()
        {
            int[] numbers = new int[2 * _centres.Length];
            for (int channel = 0; channel < _centres.Length; channel++)
            {
                numbers[2 * channel] = _centres[channel];
                numbers[(2 * channel) + 1] = _ranges[channel];
            }

            return numbers;
        }

        /// <summary>A raw sample in steps of its channels' spreads, -32768..32767.</summary>
        /// <param name="samples">Raw values.</param>
        /// <param name="start">Index of the sample's first.</param>
        /// <param name="normalized">[channels] receives the steps.</param>
        public void Normalize(short[] samples, int start, short[] normalized)
        {
            for (int i = 0; i < _centres.Length; i++)
            {
                normalized[i] = Normalize(i, samples[start + i]);
            }
        }

        /// <summary>One raw value in steps of the channel's spread, -32768..32767.</summary>
        public short Normalize(int channel, short value)
        {
            long steps = (((value - _centres[channel]) * _factors[channel]) + (1L << (FactorBits - 1))) >> FactorBits;
            return steps > short.MaxValue ? short.MaxValue : steps < short.MinValue ? short.MinValue : (short)steps;
        }

        private void Learn(int channel, short[] sorted, int smallestSpread)
        {
            int last = sorted.Length - 1;
            int hundredfold = 100 * (sorted[last - (sorted.Length / 10)] - sorted[sorted.Length / 10]);
            int least = smallestSpread > 0 ? HundredfoldDeciles * smallestSpread : 100;
            Set(channel, (sorted[last / 2] + sorted[sorted.Length / 2]) >> 1, hundredfold < least ? least : hundredfold);
        }

        private void Set(int channel, int centre, int range)
        {
            _centres[channel] = centre;
            _ranges[channel] = range;
            _factors[channel] = StepsPerHundredfold / range;
        }

        // By insertion at the place that halving finds; the values move as one block.
        private static void Sort(short[] samples, int channel, int channels, short[] sorted)
        {
            for (int count = 0; count < sorted.Length; count++)
            {
                short value = samples[(count * channels) + channel];
                int place = PlaceOf(value, sorted, count);
                Array.Copy(sorted, place, sorted, place + 1, count - place);
                sorted[place] = value;
            }
        }

        private static int PlaceOf(short value, short[] sorted, int count)
        {
            int low = 0;
            int high = count;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (sorted[middle] <= value)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }
    }
}
