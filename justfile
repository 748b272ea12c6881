# The only commands to remember. `just` comes with `python3 install.py --dev`, as .venv/bin/just.

bin := ".venv/bin"

# Everything the build runs
check: lint test

# Format, lint, types, import contracts
lint:
    {{bin}}/ruff format --check .
    {{bin}}/ruff check .
    {{bin}}/mypy
    {{bin}}/lint-imports

# The tests
test *ARGS:
    {{bin}}/python -m pytest {{ARGS}}

# Rebuild the golden reports; read the difference before you commit it
golden:
    {{bin}}/python tests/test_golden.py

# Measure speed and quality; figures go to eval/results
bench DATA:
    {{bin}}/python eval/speed.py
    {{bin}}/python -m eval.viewer
    {{bin}}/python -m eval.findings --data {{DATA}}
    {{bin}}/python eval/checks.py --data {{DATA}}
    {{bin}}/python -m eval.alignment --data {{DATA}}
    {{bin}}/python -m eval.alignment --data {{DATA}} --curve
    {{bin}}/python -m eval.alignment_plot

# Format the code
format:
    {{bin}}/ruff format .
    {{bin}}/ruff check --fix .
