namespace NanoFormer.Interop
{
    /// <summary>What a transformer ran since it was opened, and how long it took. The self-test does not count.</summary>
    public sealed class TransformerStatistics
    {
        /// <summary>Index of <see cref="Runs"/> in the engine's numbers.</summary>
        internal const int RunsIndex = 0;

        /// <summary>Index of <see cref="Steps"/>.</summary>
        internal const int StepsIndex = 1;

        /// <summary>Index of <see cref="Errors"/>.</summary>
        internal const int ErrorsIndex = 2;

        /// <summary>Index of <see cref="LastMicroseconds"/>.</summary>
        internal const int LastIndex = 3;

        /// <summary>Index of <see cref="MaximumMicroseconds"/>.</summary>
        internal const int MaximumIndex = 4;

        /// <summary>Index of <see cref="TotalMicroseconds"/>.</summary>
        internal const int TotalIndex = 5;

        /// <summary>How many numbers there are.</summary>
        internal const int Count = 6;

        /// <summary>Takes the numbers in the order of the indices above.</summary>
        internal TransformerStatistics(long[] numbers)
        {
            Runs = numbers[RunsIndex];
            Steps = numbers[StepsIndex];
            Errors = numbers[ErrorsIndex];
            LastMicroseconds = numbers[LastIndex];
            MaximumMicroseconds = numbers[MaximumIndex];
            TotalMicroseconds = numbers[TotalIndex];
        }

        /// <summary>Windows run, whole or in slices.</summary>
        public long Runs { get; }

        /// <summary>Steps of streams.</summary>
        public long Steps { get; }

        /// <summary>Calls that were refused: arrays of a wrong length, a run or stream that was not begun.</summary>
        public long Errors { get; }

        /// <summary>Duration of the last inference; of a run in slices, the sum of its slices.</summary>
        public long LastMicroseconds { get; }

        /// <summary>Greatest duration of an inference.</summary>
        public long MaximumMicroseconds { get; }

        /// <summary>Time spent in all inferences.</summary>
        public long TotalMicroseconds { get; }
    }
}
