using System;

namespace NanoFormer.Runtime
{
    /// <summary>Tells from a machine's scores how much it calls for somebody; learns what is usual on this machine meanwhile.</summary>
    /// <remarks>
    ///   score --> rarer than 1 in n of the machine's own past? --> n windows in a row --> priority
    /// At first every window is learnt from, then one after which no warning was raised. Integers and fixed memory; a window costs a walk over the tail
    /// of the counters.
    /// </remarks>
    public sealed class AlarmMonitor
    {
        private const int PriorityBits = 2;
        private const int MostKept = 15;

        private readonly int _threshold;
        private readonly AlarmRules _rules;
        private readonly int _highest;
        private int _seldom;
        private int _rare;
        private int _common;
        private int _lower;
        private AlarmPriority _told;
        private int _pending = OutputLayout.NoScore;

        /// <summary>Starts without an alarm.</summary>
        /// <param name="threshold">The model's least score of an alarm, 0..255, or <see cref="OutputLayout.NoScore"/> for never.</param>
        /// <param name="rules">When scores are an alarm.</param>
        /// <exception cref="ArgumentOutOfRangeException">A rule is out of its range.</exception>
        public AlarmMonitor(int threshold, AlarmRules rules)
        {
            bool learns = rules.LearningWindows > 0;
            if (rules.Windows < 1 || rules.LastingWindows < rules.Windows
                || rules.NoticeRarity < 1 || rules.WarningRarity < rules.NoticeRarity
                || rules.LearningWindows < 0 || rules.LearningWindows > ScoreHistory.Most || (learns && rules.LearningWindows < rules.WarningRarity)
                || rules.HighestLimitPermille < 0 || rules.WindowsBetweenWrites < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(rules));
            }

            _threshold = threshold;
            _rules = rules;
            long highest = (long)threshold * rules.HighestLimitPermille / 1000;
            _highest = highest < ScoreHistory.Scores ? (int)highest : ScoreHistory.Scores - 1;
            SetLimits();
        }

        /// <summary>The machine's own scores.</summary>
        public ScoreHistory History { get; } = new ScoreHistory();

        /// <summary>The priority in force.</summary>
        public AlarmPriority Priority { get; private set; }

        /// <summary>The priority and the windows of warning in a row, at most 15 of them, in 6 bits.</summary>
        public int State
        {
            get { return (int)Priority | ((_rare < MostKept ? _rare : MostKept) << PriorityBits); }
        }

        /// <summary>Whether somebody is called for: a warning or more.</summary>
        public bool IsRaised
        {
            get { return Priority >= AlarmPriority.Warning; }
        }

        /// <summary>Least score of a warning, up to 255; 256 when no score is one.</summary>
        public int WarningLimit { get; private set; }

        /// <summary>Least score of a notice, likewise.</summary>
        public int NoticeLimit { get; private set; }

        /// <summary>The n for which the last score was rarer than 1 in n of the machine's own, or 0 where it was usual or nothing is learnt yet.</summary>
        public int Rarity { get; private set; }

        /// <summary>Whether what is usual on this machine is known.</summary>
        public bool HasLearnt
        {
            get { return _rules.LearningWindows > 0 && History.Count >= _rules.LearningWindows; }
        }

        /// <summary>Starts to learn again, as after a repair.</summary>
        public void Learn()
        {
            History.Clear();
            _pending = OutputLayout.NoScore;
            SetLimits();
        }

        /// <summary>Takes up a history from earlier.</summary>
        /// <returns>What is wrong with it, a word for the log; null when nothing is.</returns>
        public string Restore(byte[] bytes, uint modelCrc)
        {
            string fault = History.Read(bytes, modelCrc);
            SetLimits();
            return fault;
        }

        /// <summary>Goes on from an earlier <see cref="State"/>, as after a deep sleep; a priority that it brings counts as changed.</summary>
        public void Resume(int state)
        {
            Priority = (AlarmPriority)(state & ((1 << PriorityBits) - 1));
            _rare = state >> PriorityBits;
        }

        /// <summary>Takes a window's score; true when the priority is another than at the last one.</summary>
        public bool Observe(int score)
        {
            if (_threshold == OutputLayout.NoScore)
            {
                return false;
            }

            bool isSeldom = score >= NoticeLimit;
            bool isRare = score >= WarningLimit;
            Rarity = isSeldom && HasLearnt ? History.RarityOf(score) : 0;
            _seldom = isSeldom ? _seldom + 1 : 0;
            _rare = isRare ? _rare + 1 : 0;
            _common = isSeldom ? 0 : _common + 1;
            _lower = isRare ? 0 : _lower + 1;
            Priority = Next();
            if (!IsRaised || !HasLearnt)
            {
                LearnPending();
            }

            _pending = IsRaised && HasLearnt ? OutputLayout.NoScore : score;
            bool isChange = Priority != _told;
            _told = Priority;
            return isChange;
        }

        /// <summary>Learns from the last window, too, unless it raised an alarm: before what was learnt is kept.</summary>
        public void LearnPending()
        {
            if (_rules.LearningWindows > 0 && _pending != OutputLayout.NoScore)
            {
                History.Add(_pending);
                SetLimits();
            }

            _pending = OutputLayout.NoScore;
        }

        private AlarmPriority Next()
        {
            if (_rare >= _rules.LastingWindows)
            {
                return AlarmPriority.Alarm;
            }

            if (_rare >= _rules.Windows)
            {
                return IsRaised ? Priority : AlarmPriority.Warning;
            }

            if (_common >= _rules.Windows)
            {
                return AlarmPriority.None;
            }

            if (IsRaised && _lower < _rules.Windows)
            {
                return Priority;
            }

            return IsRaised || _seldom >= _rules.Windows ? AlarmPriority.Notice : Priority;
        }

        private void SetLimits()
        {
            if (_threshold == OutputLayout.NoScore)
            {
                NoticeLimit = ScoreHistory.Scores;
                WarningLimit = ScoreHistory.Scores;
                return;
            }

            NoticeLimit = HasLearnt ? Capped(History.LimitFor(_rules.NoticeRarity)) : _threshold;
            WarningLimit = HasLearnt ? Capped(History.LimitFor(_rules.WarningRarity)) : _threshold;
        }

        private int Capped(int limit)
        {
            return limit < _highest ? limit : _highest;
        }
    }
}
