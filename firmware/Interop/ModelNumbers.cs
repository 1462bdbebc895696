namespace NanoFormer.Interop
{
    /// <summary>Indices of a model's plain numbers, in the order of the engine's <c>nfh_info</c>.</summary>
    public static class ModelNumbers
    {
        /// <summary>CRC-32 of the image.</summary>
        public const int Crc32 = 0;

        /// <summary>Bytes of the image.</summary>
        public const int ImageBytes = 1;

        /// <summary>Bytes of the arena.</summary>
        public const int ArenaBytes = 2;

        /// <summary>Sample rate in thousandths of a hertz.</summary>
        public const int RateMillihertz = 3;

        /// <summary>Samples in a window.</summary>
        public const int WindowSamples = 4;

        /// <summary>Samples between two windows.</summary>
        public const int HopSamples = 5;

        /// <summary>Values in a sample.</summary>
        public const int ChannelCount = 6;

        /// <summary>Values in the output.</summary>
        public const int OutputCount = 7;

        /// <summary>Names of outputs.</summary>
        public const int LabelCount = 8;

        /// <summary>Operators in the model.</summary>
        public const int OperatorCount = 9;

        /// <summary>Test vectors in the image.</summary>
        public const int TestVectorCount = 10;

        /// <summary>Suggested gate threshold in thousandths.</summary>
        public const int GateThresholdPermille = 11;

        /// <summary>Bytes of a value of the window.</summary>
        public const int ValueBytes = 12;

        /// <summary>Samples in a step; 0 when the model does not stream.</summary>
        public const int StepSamples = 13;

        /// <summary>Bytes of the arena of a stream.</summary>
        public const int StepArenaBytes = 14;

        /// <summary>Outputs that are classes.</summary>
        public const int ClassCount = 15;

        /// <summary>Score that is an alarm.</summary>
        public const int AlarmThreshold = 16;

        /// <summary>Classes that are postures, bit by bit.</summary>
        public const int Postures = 17;

        /// <summary>Answers that vote.</summary>
        public const int Voters = 18;

        /// <summary>How many numbers there are.</summary>
        public const int Count = 19;
    }
}
