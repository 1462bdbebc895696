using System;

namespace NanoFormer.Runtime
{
    /// <summary>Makes one sample of every few: their mean, which is steadier than each.</summary>
    public sealed class BlockAverage
    {
        private readonly int _blockSamples;
        private readonly int[] _sums;
        private int _count;

        /// <summary>Sets the shape up.</summary>
        /// <param name="blockSamples">Samples in a block, 1..32768.</param>
        /// <param name="channels">Values in a sample, at least 1.</param>
        public BlockAverage(int blockSamples, int channels)
        {
            if (blockSamples < 1 || blockSamples > 32768 || channels < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(blockSamples));
            }

            _blockSamples = blockSamples;
            _sums = new int[channels];
            Mean = new short[channels];
        }

        /// <summary>[channels] the mean of the last whole block, rounded to the nearest.</summary>
        public short[] Mean { get; }

        /// <summary>Adds one value of each channel.</summary>
        /// <returns>True when this completed a block: <see cref="Mean"/> is new.</returns>
        public bool Add(short[] sample)
        {
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] += sample[i];
            }

            _count++;
            if (_count < _blockSamples)
            {
                return false;
            }

            Complete();
            return true;
        }

        /// <summary>Drops an unfinished block, as after a gap.</summary>
        public void Restart()
        {
            Array.Clear(_sums, 0, _sums.Length);
            _count = 0;
        }

        private void Complete()
        {
            for (int i = 0; i < _sums.Length; i++)
            {
                int half = _sums[i] >= 0 ? _blockSamples / 2 : -(_blockSamples / 2);
                Mean[i] = (short)((_sums[i] + half) / _blockSamples);
            }

            Restart();
        }
    }
}
