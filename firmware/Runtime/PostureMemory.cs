using System;
using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Holds a posture until the wearer moves: between sitting and standing lies a movement.</summary>
    /// <remarks>
    /// While the answers stay among the postures, their probabilities add up, and the posture with the most is the answer. A movement
    /// clears the sums. Older answers count less, so that a movement nobody noticed is made good within half a minute of answers.
    /// </remarks>
    public sealed class PostureMemory
    {
        private const int Certain = 256;

        /// <summary>An answer weighs 15/16 of the one after it.</summary>
        private const int ForgettingShift = 4;

        private readonly int _postures;
        private readonly int[] _sums;
        private int _answers;

        /// <summary>Sets the memory up, empty.</summary>
        /// <param name="postures">Bit i tells whether class i is a posture.</param>
        /// <param name="classCount">Classes of the model.</param>
        public PostureMemory(int postures, int classCount)
        {
            _postures = postures;
            _sums = new int[classCount];
        }

        /// <summary>The answer: a class.</summary>
        public int Top { get; private set; }

        /// <summary>Its probability in 1/256, 0..255: for a posture the mean since the last movement, newer answers counting more.</summary>
        public int Confidence { get; private set; }

        /// <summary>Whether a window shows that a posture may have ended, whatever the model says of it.</summary>
        /// <remarks>A stream's window is long, so it is seldom still, and its classes tell of movements at once.</remarks>
        public static bool SeesMovement(ModelInfo model, bool isStill)
        {
            return !isStill && model.StepSamples == 0;
        }

        /// <summary>Takes an output of the model.</summary>
        /// <param name="output">The classes come first; probability = (value + 128) / 256.</param>
        /// <param name="top">The largest of them.</param>
        /// <param name="moved">Whether something else than the model saw a movement.</param>
        public void Observe(sbyte[] output, int top, bool moved)
        {
            bool isPosture = IsPosture(top);
            if (moved || !isPosture)
            {
                Clear();
            }

            Top = top;
            Confidence = output[top] + 128;
            if (isPosture)
            {
                Add(output);
            }
        }

        /// <summary>Forgets the posture, as after a movement.</summary>
        public void Clear()
        {
            Array.Clear(_sums, 0, _sums.Length);
            _answers = 0;
        }

        private void Add(sbyte[] output)
        {
            _answers += Certain - (_answers >> ForgettingShift);
            for (int i = 0; i < _sums.Length; i++)
            {
                if (IsPosture(i))
                {
                    _sums[i] += output[i] + 128 - (_sums[i] >> ForgettingShift);
                }
            }

            for (int i = 0; i < _sums.Length; i++)
            {
                if (_sums[i] > _sums[Top])
                {
                    Top = i;
                }
            }

            Confidence = _sums[Top] * Certain / _answers;
        }

        // Classes from the 32nd on are none.
        private bool IsPosture(int index)
        {
            return index < 32 && ((_postures >> index) & 1) != 0;
        }
    }
}
