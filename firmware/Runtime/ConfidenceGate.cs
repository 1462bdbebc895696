using System;

namespace NanoFormer.Runtime
{
    /// <summary>Turns outputs of a softmax into answers: a posture holds until a movement, unsure answers become unknown, and the last few vote.</summary>
    public sealed class ConfidenceGate
    {
        /// <summary>The answer "unknown".</summary>
        public const int Unknown = -1;

        private readonly int[] _votes;
        private readonly PostureMemory _postures;
        private int _next;
        private int _count;

        /// <summary>Sets the gate up.</summary>
        /// <param name="thresholdPermille">Probability in thousandths below which an answer is unknown, 0..1000.</param>
        /// <param name="voters">How many of the last answers vote, at least 1; 1 does not smooth.</param>
        /// <param name="postures">Holds postures; null for a model without any.</param>
        public ConfidenceGate(int thresholdPermille, int voters, PostureMemory postures = null)
        {
            if (voters < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(voters));
            }

            Threshold = ((thresholdPermille * 256) + 999) / 1000;
            _votes = new int[voters];
            _postures = postures;
        }

        /// <summary>Least confidence in 1/256 that is believed.</summary>
        public int Threshold { get; }

        /// <summary>Index of the largest class of the last run, or <see cref="Unknown"/> when the model has no classes.</summary>
        public int Top { get; private set; }

        /// <summary>Its probability in 1/256, 0..255.</summary>
        public int Confidence { get; private set; }

        /// <summary>The last run's own answer: Top, or Unknown when Confidence is below Threshold.</summary>
        public int Own { get; private set; }

        /// <summary>The answer of the majority, with postures held: a label's index or Unknown.</summary>
        public int Answer { get; private set; }

        /// <summary>Judges an output that is all classes, of which no movement was seen elsewhere.</summary>
        public void Judge(sbyte[] output)
        {
            Judge(output, output.Length);
        }

        /// <summary>Judges the first values of an output, which are the classes.</summary>
        /// <param name="output">probability = (value + 128) / 256.</param>
        /// <param name="classes">How many of them are classes.</param>
        /// <param name="moved">Whether something else than the model saw a movement, which may have ended a posture.</param>
        public void Judge(sbyte[] output, int classes, bool moved = false)
        {
            Top = Unknown;
            for (int i = 0; i < classes; i++)
            {
                if (Top == Unknown || output[i] > output[Top])
                {
                    Top = i;
                }
            }

            Confidence = Top == Unknown ? 0 : output[Top] + 128;
            Own = Confidence >= Threshold ? Top : Unknown;
            int held = Hold(output, moved);
            Vote(held);
            Answer = Majority(held);
        }

        /// <summary>Forgets the earlier answers, as after a gap or a sleep.</summary>
        public void Restart()
        {
            _count = 0;
            _next = 0;
            if (_postures != null)
            {
                _postures.Clear();
            }
        }

        private int Hold(sbyte[] output, bool moved)
        {
            if (_postures == null || Top == Unknown)
            {
                return Own;
            }

            _postures.Observe(output, Top, moved);
            return _postures.Confidence >= Threshold ? _postures.Top : Unknown;
        }

        private void Vote(int answer)
        {
            _votes[_next] = answer;
            _next = (_next + 1) % _votes.Length;
            if (_count < _votes.Length)
            {
                _count++;
            }
        }

        // From the newest to the oldest, so that the newer of two equals wins.
        private int Majority(int newest)
        {
            int best = newest;
            int bestVotes = 0;
            for (int age = 1; age <= _count; age++)
            {
                int candidate = _votes[(_next - age + _votes.Length) % _votes.Length];
                int votes = VotesFor(candidate);
                if (votes > bestVotes)
                {
                    best = candidate;
                    bestVotes = votes;
                }
            }

            return best;
        }

        private int VotesFor(int answer)
        {
            int votes = 0;
            for (int i = 0; i < _count; i++)
            {
                if (_votes[i] == answer)
                {
                    votes++;
                }
            }

            return votes;
        }
    }
}
