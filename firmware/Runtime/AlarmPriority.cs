namespace NanoFormer.Runtime
{
    /// <summary>How much a machine's scores call for somebody, from not at all.</summary>
    public enum AlarmPriority
    {
        /// <summary>Nothing unusual.</summary>
        None,

        /// <summary>Scores that are seldom seen, some in a row: look at it when there is time.</summary>
        Notice,

        /// <summary>Scores that are hardly ever seen, some in a row; without a learnt past, scores at the model's threshold.</summary>
        Warning,

        /// <summary>A warning that lasts.</summary>
        Alarm,
    }
}
