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
            ValueBytes = numbers[ModelNumbers.ValueBytes];
            StepSamples = numbers[ModelNumbers.StepSamples];
            StepArenaBytes = numbers[ModelNumbers.StepArenaBytes];
            ClassCount = numbers[ModelNumbers.ClassCount];
            AlarmThreshold = numbers[ModelNumbers.AlarmThreshold];
            Postures = numbers[ModelNumbers.Postures];
            Voters = numbers[ModelNumbers.Voters];
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

        /// <summary>Values in a sample.</summary>
        public int ChannelCount { get; }

        /// <summary>8-bit values in the output.</summary>
        public int OutputCount { get; }

        /// <summary>Suggested probability, in thousandths, below which an answer counts as unknown.</summary>
        public int GateThresholdPermille { get; }

        /// <summary>Bytes of a value of the window: 2 for short, 1 for sbyte.</summary>
        public int ValueBytes { get; }

        /// <summary>Samples that a step of a stream takes; 0 when the model does not stream.</summary>
        public int StepSamples { get; }

        /// <summary>Working memory of a stream in bytes; 0 when the model does not stream.</summary>
        public int StepArenaBytes { get; }

        /// <summary>How many outputs, from the first, are classes; the rest are scores.</summary>
        public int ClassCount { get; }

        /// <summary>A score at or above it is an alarm; -32768 when there is none.</summary>
        public int AlarmThreshold { get; }

        /// <summary>Bit i: class i is a posture, so that between it and another posture lies a movement; 0 for a model without.</summary>
        public int Postures { get; }

        /// <summary>How many of the last answers vote, 0..9; 0 leaves it to the application.</summary>
        public int Voters { get; }

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
