namespace NanoFormer.Runtime
{
    /// <summary>The content of an <c>infer</c> record, reused from run to run.</summary>
    public sealed class InferenceRecord
    {
        /// <summary>The answer after gate and vote.</summary>
        public string Label { get; set; }

        /// <summary>The label of the largest output, whatever its confidence.</summary>
        public string RawLabel { get; set; }

        /// <summary>Its probability in 1/256.</summary>
        public int Confidence { get; set; }

        /// <summary>The model's largest score, 0..255, or <see cref="OutputLayout.NoScore"/>.</summary>
        public int Score { get; set; }

        /// <summary>The n for which that score is rarer than 1 in n of the machine's own; 0 where it is usual or nothing is learnt yet.</summary>
        public int Rarity { get; set; }

        /// <summary>Whether the vote changed this window's own answer.</summary>
        public bool IsSmoothed { get; set; }

        /// <summary>Whether the window was still.</summary>
        public bool IsStill { get; set; }

        /// <summary>Duration of the run in microseconds.</summary>
        public long LatencyMicroseconds { get; set; }

        /// <summary>Clock time of the window's first sample in microseconds.</summary>
        public long WindowStartMicroseconds { get; set; }
    }
}
