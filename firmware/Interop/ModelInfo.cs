namespace NanoFormer.Interop
{
    /// <summary>What a model image says about itself.</summary>
    public sealed class ModelInfo
    {
        /// <summary>Takes the plain numbers in <see cref="ModelNumbers"/> order, and the names and scales of the channels.</summary>
        public ModelInfo(
            string modelId,
            int[] numbers,
            string[] labels,
            string[] channelNames,
            string[] channelUnits,
            int[] channelScaleMantissas,
            int[] channelScaleShifts)
        {
            ModelId = modelId;
            Crc32 = (uint)numbers[ModelNumbers.Crc32];
            ImageBytes = numbers[ModelNumbers.ImageBytes];
            ArenaBytes = numbers[ModelNumbers.ArenaBytes];
            RateMillihertz = numbers[ModelNumbers.RateMillihertz];
            WindowSamples = numbers[ModelNumbers.WindowSamples];
            HopSamples = numbers[ModelNumbers.HopSamples];
            ChannelCount = numbers[ModelNumbers.ChannelCount];
            OutputCount = numbers[ModelNumbers.OutputCount];
            GateThresholdPermille = numbers[ModelNumbers.GateThresholdPermille];
            Labels = labels;
            ChannelNames = channelNames;
            ChannelUnits = channelUnits;
            ChannelScaleMantissas = channelScaleMantissas;
            ChannelScaleShifts = channelScaleShifts;
        }

        /// <summary>Name of the model.</summary>
        public string ModelId { get; }

        /// <summary>CRC-32 of the image, as stored in it.</summary>
        public uint Crc32 { get; }

        /// <summary>Size of the image in bytes.</summary>
        public int ImageBytes { get; }

        /// <summary>Working memory of a run in bytes.</summary>
        public int ArenaBytes { get; }

        /// <summary>Sample rate of the input in thousandths of a hertz.</summary>
        public int RateMillihertz { get; }

        /// <summary>Samples in a window.</summary>
        public int WindowSamples { get; }

        /// <summary>Samples between the starts of two windows, 1..WindowSamples.</summary>
        public int HopSamples { get; }

        /// <summary>16-bit values in a sample.</summary>
        public int ChannelCount { get; }

        /// <summary>8-bit values in the output.</summary>
        public int OutputCount { get; }

        /// <summary>Suggested probability, in thousandths, below which an answer counts as unknown.</summary>
        public int GateThresholdPermille { get; }

        /// <summary>Names of the outputs, [OutputCount] for a classifier.</summary>
        public string[] Labels { get; }

        /// <summary>Names of the channels, [ChannelCount].</summary>
        public string[] ChannelNames { get; }

        /// <summary>Units of the channels, [ChannelCount].</summary>
        public string[] ChannelUnits { get; }

        /// <summary>[ChannelCount]; one raw step of a channel is mantissa * 2^(shift - 31) units.</summary>
        public int[] ChannelScaleMantissas { get; }

        /// <summary>[ChannelCount]; see <see cref="ChannelScaleMantissas"/>.</summary>
        public int[] ChannelScaleShifts { get; }
    }
}
