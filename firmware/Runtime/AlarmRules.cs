namespace NanoFormer.Runtime
{
    /// <summary>When scores are an alarm.</summary>
    public sealed class AlarmRules
    {
        /// <summary>Windows in a row that change the priority, at least 1.</summary>
        public int Windows { get; set; } = 2;

        /// <summary>Windows of warning in a row that make it an alarm, at least <see cref="Windows"/>.</summary>
        public int LastingWindows { get; set; } = 8;

        /// <summary>
        /// Windows of normal operation, since the first or since the last repair, that show what is usual on this machine, from
        /// <see cref="WarningRarity"/> to <see cref="ScoreHistory.Most"/>; until then the model's own threshold holds. 0 to keep to that.
        /// </summary>
        public int LearningWindows { get; set; }

        /// <summary>A notice is rarer than 1 in this many of the machine's own windows.</summary>
        public int NoticeRarity { get; set; } = 100;

        /// <summary>A warning is rarer than 1 in this many.</summary>
        public int WarningRarity { get; set; } = 1000;

        /// <summary>
        /// Thousandths of the model's threshold that no limit may rise above, whatever was learnt: so neither a fault that was there from
        /// the start nor one that grows slowly is ever taken for usual.
        /// </summary>
        public int HighestLimitPermille { get; set; } = 2000;

        /// <summary>Windows after which what was learnt is written to the board's store again, at the end of a flight or burst: flash wears.</summary>
        public int WindowsBetweenWrites { get; set; } = 100;
    }
}
